/** Every page works without JavaScript, and has none. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Shop</title>
<link rel="stylesheet" href="/sign-in.css">
</head>
<body>
<main>
<p class="brand" aria-hidden="true">Shop</p>
<h1>${title}</h1>
${body}
</main>
<footer>For development: users and passwords are in a file of the repository.</footer>
</body>
</html>
`;
}

export function signInPage({ name = '', failed = false }: { name?: string; failed?: boolean } = {}): string {
  const wrong = failed ? ' aria-invalid="true" aria-describedby="wrong"' : '';
  const [focusName, focusPassword] = failed ? ['', ' autofocus'] : [' autofocus', ''];
  return page(
    'Sign in',
    `${failed ? '<p class="wrong" id="wrong" role="alert">This name and password do not belong together.</p>\n' : ''}<form method="post">
<label for="name">Name</label>
<input id="name" name="name" value="${escaped(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required${wrong}${focusName}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required${wrong}${focusPassword}>
<button>Sign in</button>
</form>`,
  );
}

/** Its cookie is gone, or belongs to another sign-in. */
export const staleSignInPage = (): string =>
  errorPage('This sign-in has ended. Go back to the shop and begin again.');

export const errorPage = (why: string): string =>
  page('This did not work', `<p role="alert">${escaped(why)}</p>`);

/** `form` is oidc-provider's, hidden; the buttons send it. */
export const signOutPage = (form: string): string =>
  page(
    'Sign out?',
    `${form}
<button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button form="op.logoutForm" class="quiet">Stay signed in</button>`,
  );

export const signedOutPage = (): string => page('Signed out', '<p>You can close this page.</p>');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
