// All of the framework that the pages use: to be replaced here, should that ever be needed.
export { render, createContext } from 'preact';
export { useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
export type { ComponentChildren, ComponentType, JSX, TargetedEvent } from 'preact';
