/** How far a long thing is: as a bar, and in words when it begins. Without a share it only says that it goes on. */
export function Progress({ label, share }: { label: string; share?: number }) {
  return (
    <div class="progress">
      <span role="status">{label}</span>
      <progress max={1} value={share} aria-label={label} />
    </div>
  );
}
