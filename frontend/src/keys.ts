/** The island of pages that speak with a security key: asks it, and sends what it answers with the form. */

interface Described {
  id: string;
  type: PublicKeyCredentialType;
}

const form = document.querySelector<HTMLFormElement>("form[data-key]");
if (form) form.addEventListener("submit", (event) => void ask(event, form));

/** Holds the form back until the key has answered. */
async function ask(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
  const answer = form.elements.namedItem("credential");
  if (!(answer instanceof HTMLInputElement) || answer.value) return;
  event.preventDefault();
  say(form, null);
  if (!window.PublicKeyCredential) return say(form, "unable");
  try {
    const options = JSON.parse(form.dataset.options ?? "{}").publicKey;
    const found = form.dataset.key === "create" ? await create(options) : await get(options);
    answer.value = JSON.stringify(found);
    form.submit();
  } catch (error) {
    say(form, error instanceof DOMException && error.name === "InvalidStateError" ? "known" : "failed");
  }
}

/** Shows one of the sentences that stand ready in the form, or none. */
function say(form: HTMLFormElement, which: string | null): void {
  for (const line of form.querySelectorAll<HTMLElement>("[data-says]")) line.hidden = line.dataset.says !== which;
}

async function create(options: any): Promise<object> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: listed(options.excludeCredentials),
  };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...told(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
}

async function get(options: any): Promise<object> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: listed(options.allowCredentials),
  };
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    ...told(found),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

function told(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function listed(described: Described[] | undefined): PublicKeyCredentialDescriptor[] {
  return (described ?? []).map(({ id, type }) => ({ id: bytes(id), type }));
}

/** URL-safe base64 without padding, as the standard writes bytes in JSON; the browsers' own reader is too new. */
function bytes(written: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
