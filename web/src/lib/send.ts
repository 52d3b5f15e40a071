// Sending a request. As fetch does it, but for a large body, of which fetch does not tell how far it is.

export interface Sending { method: string; address: string; headers: Record<string, string>; body: XMLHttpRequestBodyInit | undefined; signal: AbortSignal | undefined; outlivesPage: boolean }

/** Fails with a TypeError when no answer comes, as fetch does. */
export function send(request: Sending, onProgress?: (share: number) => void): Promise<Response> {
  if (!onProgress) {
    const { method, headers, body, signal, outlivesPage: keepalive } = request;
    return fetch(request.address, { method, headers, credentials: 'same-origin', keepalive, ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) });
  }
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(request.method, request.address);
    for (const [name, value] of Object.entries(request.headers)) asked.setRequestHeader(name, value);
    asked.responseType = 'text';
    asked.upload.addEventListener('progress', (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); });
    asked.addEventListener('load', () => {
      const headers = new Headers();
      for (const line of asked.getAllResponseHeaders().trim().split('\r\n')) {
        const at = line.indexOf(': ');
        if (at > 0) headers.append(line.slice(0, at), line.slice(at + 2));
      }
      resolve(new Response(asked.status === 204 ? null : asked.responseText, { status: asked.status, headers }));
    });
    asked.addEventListener('error', () => reject(new TypeError('no answer')));
    asked.send(request.body ?? null);
  });
}
