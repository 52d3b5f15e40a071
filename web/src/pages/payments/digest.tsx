/** A digest in groups of eight, so that two people can read it aloud to each other. */
export function Digest({ label, digest }: { label: string; digest: string }) {
  const groups = digest.match(/.{1,8}/g) ?? [];
  return (
    <div>
      <div class="muted small">{label}</div>
      <code class="digest">{groups.map((group, i) => <span key={i}>{group} </span>)}</code>
    </div>
  );
}
