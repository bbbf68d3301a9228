## The gate: what visitors meet while the portal is attacked, and the page that switches it

error-gate-title = One moment before you go on
error-gate-text = The portal is under attack. Whoever isn't signed in has to pass a check before this.
error-gate-next = Programs can read everything else meanwhile. Try again in an hour.

gate-title = One moment before you go on
gate-text = The portal is under attack at the moment. To keep it open for everybody, whoever isn't signed in passes a short check before registering, signing in, searching and writing. There is no riddle to solve.
gate-kept = What you typed is kept on this page and comes back when you are through. Passwords and codes are not kept: you type them again.
gate-working = Your browser is doing a short calculation. This takes some seconds; then the page goes on by itself.
gate-done = Done. You go on now.
gate-failed = Your browser can't do the calculation. Please wait instead, as described below.
gate-in-vain = The check came back several times in vain. That happens where a network gives you another address with each request. Try from another network, or wait as described below.
gate-waiting-title = Pass by waiting
gate-waiting = { $count ->
    [one] Wait one second, then press the button.
   *[other] Wait { $count } seconds, then press the button.
}
gate-waited = You have waited long enough. Press the button.
gate-waiting-hint = Nothing else is needed for this, and you may take up to half an hour.
gate-button = Go on
gate-reading = Texts, published comments and their data can be read without this.
gate-over = This check was used already, is too old, or began on another network. Here is a new one.
gate-wrong = The calculation is not right. Here is a new one.
gate-too-soon = It is too soon. What you typed is still here.
gate-full = As many people as possible were let in within the last minute. You keep your place: press the button again in ten seconds.
gate-passed-title = You can go on
gate-passed-text = What you typed is kept. Send it once more; if a password was in it, the form asks for it again.
gate-passed-button = Send again

gate-switch-title = Gate against attacks
gate-switch-text = While the gate is closed, whoever isn't signed in passes a check before registering, signing in, resetting a password, searching, reporting and composing: their browser does a short calculation, or they wait. Readers of texts and comments, and everybody who is signed in, notice nothing.
gate-switch-when = Close it when many registrations, sign-ins or searches by machines come from many addresses. It hinders people too: open it as soon as you can.
gate-closed-until = The gate is closed until { $time }
gate-closed-text = It opens by itself then, unless you keep it closed for longer.
gate-open = The gate is open
gate-since = Closed since
gate-by-proof = Came through by calculating, within the hour
gate-by-waiting = Came through by waiting, within the hour
gate-hours-label = Closed from now on for
gate-hours-hint = It opens by itself after that.
gate-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
gate-hours-missing = Choose for how long
gate-grounds-hint = What you see of the attack, or why it is over. It is kept in the audit log and shown here.
gate-close-button = Close the gate
gate-renew-button = Keep it closed
gate-open-button = Open the gate
flash-gate-closed = The gate is closed.
flash-gate-opened = The gate is open.

state-gate = Gate against attacks
state-gate-link = Open or close it
state-gate-open = Open
state-gate-closed = Closed until { $time }
audit-action-gate-closed = Gate closed
audit-action-gate-opened = Gate opened
audit-action-gate-renewed = Gate kept closed for longer
privacy-cookie-pass = Set when you passed the check that the portal asks for while it is attacked; says until when it is good, and nothing of you. Good for an hour, in the network that you come from.
sign-in-password-missing = Enter your password
