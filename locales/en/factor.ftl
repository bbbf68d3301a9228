### The second factor, sessions, proving who one is.

factor-title = Second factor
factor-has = Set up
factor-has-not = Not set up
factor-account-set = Signing in asks for a code of your app as well.
factor-account-none = With a second factor, nobody can sign in who only knows your password.
factor-account-link = Your second factor
factor-lead = Besides your password, signing in asks for a code that an app on your phone or computer shows.
factor-since = Since
factor-none = You have none. Any app for one-time codes will do; many password managers can do it too.
factor-staff = People at the Secretariat's desk can replace their second factor, but cannot be without one.
factor-staff-title = The desk needs a second factor
factor-staff-text = Set it up to work at the Secretariat's desk: whoever learns your password could otherwise read what is confidential and decide in your name.
factor-replace-title = Another app, or another device
factor-replace-text = Setting it up anew replaces what there is: the old app's codes and the old recovery codes end, and so does every other session.
factor-replace = Set up anew
factor-remove = Remove the second factor
factor-removal-title = Remove the second factor
factor-removal-text = From then on your password alone is enough to sign in. The recovery codes and every other session of yours end.
factor-removal-keep = Keep it
flash-factor-removed = The second factor is removed. Every other session of yours has ended.
factor-new-title = Set up a second factor
factor-new-replaces = What you set up here replaces your present second factor, with its recovery codes.
factor-new-app-title = 1. Add the portal to your app
factor-new-app = Let an app for one-time codes read this picture with its camera.
factor-new-image = QR code of the secret that is written below
factor-new-type = Or type the secret into the app: it is for codes by time, of six digits.
factor-new-open = Open it in an app on this device
factor-new-code-title = 2. Enter the code that the app shows
factor-new-code = Code
factor-new-code-hint = Six digits. They change every 30 seconds.
factor-new-code-wrong = This is not the code of the secret above. Enter the one that the app shows now; the device's clock must be right. If the app was set up with an earlier picture, let it read this one
factor-new-button = Set up
factor-code = Code
factor-code-hint = The six digits that your app shows now, or one of your recovery codes.
factor-code-missing = Enter the code
factor-code-wrong = This code is not right, or was used already. Wait for the next one
factor-code-paused = Too many wrong codes were entered. Wait a quarter of an hour, or use a recovery code

recovery-codes-title = Recovery codes
recovery-codes-left = Recovery codes left
recovery-codes-lead = The second factor is set up. If you lose your app, each of these codes lets you sign in once in its place.
recovery-codes-once = They are shown this once
recovery-codes-keep = Write them down, print them or save them where you will find them without the app. The portal keeps nothing from which they could be shown again.
recovery-codes-download = Save as a text file
recovery-codes-go-on = I have kept them
recovery-codes-new = Make new recovery codes
recovery-codes-new-text = Makes ten new codes; those that you have stop working.
recovery-codes-file = Recovery codes for Norm Portal. Each works once in place of a code of your app.

code-title = Enter your code
code-lead = The password is right. Now the code of your app.
code-button = Sign in
code-lost = Neither the app nor a recovery code at hand?
flash-sign-in-over = This sign-in took too long, or too many codes were wrong. Begin again with your password.

proof-title = Confirm that it is you
proof-lead = A session that was left open must not do this for somebody else. Once confirmed, you are not asked again for ten minutes.
proof-kept = What you have entered is kept and comes back afterwards. Nothing has been done yet.
proof-button = Confirm
proof-password-wrong = The password is not right
proven-title = Confirmed
proven-text = Nothing has been done yet. Press the button to finish what you began.
proven-button = Finish
proven-back = Back without doing it

sessions-title = Your sessions
sessions-account = See where you are signed in, and end what is not yours.
sessions-account-link = Where you are signed in
sessions-lead = Each browser in which you are signed in. If there is one that you do not know, end it and change your password.
sessions-table = Sessions, the one last seen first
sessions-where = Where
sessions-began = Signed in
sessions-seen = Last seen
sessions-action = Action
sessions-this = This one
sessions-device = { $browser } on { $system }
sessions-device-system = A browser on { $system }
sessions-device-unknown = An unknown browser
sessions-end = End
sessions-end-others = End all others
sessions-alone = This is the only one.
flash-sessions-one = The session has ended.
flash-sessions-others = Every other session has ended.
flash-sessions-gone = That session had ended already.

privacy-factor = If you set one up: the secret that your app and the portal share, since when, which code was used last, how many were wrong of late; of recovery codes only digests, and when each was used. Needed to check the codes. Deleted when you remove it, too.
privacy-cookie-half = Set when your password was right and your code is still to come; gone with the code, or after ten minutes.

mail-factor-set-subject = Your account at Norm Portal has a new second factor
mail-factor-set-body =
    Hello { $name },

    a second factor was set up for your account: signing in asks for a code of
    your app from now on. Every other session has ended, and recovery codes
    that you had before no longer work.

    If this was not you, set a new password at once and write to us.

    The Secretariat
mail-factor-removed-subject = Your account at Norm Portal has no second factor any more
mail-factor-removed-body =
    Hello { $name },

    the second factor of your account was removed: your password alone is
    enough to sign in. If this was not you, set a new password at once and
    write to us.

    The Secretariat
mail-factor-reset-subject = Your second factor at Norm Portal was reset
mail-factor-reset-body =
    Hello { $name },

    the Secretariat has reset the second factor of your account, passkeys
    included. The reason:

    { $grounds }

    Every session of yours has ended; sign in again: { $sign_in }
    If you did not ask for this, write to us.

    The Secretariat
mail-factor-reset-by-operator-subject = Your second factor at Norm Portal was reset
mail-factor-reset-by-operator-body =
    Hello { $name },

    whoever runs the portal has reset the second factor of your account,
    passkeys included. Every session of yours has ended; sign in again:
    { $sign_in }
    If you did not ask for this, write to us.

    The Secretariat
mail-recovery-codes-subject = New recovery codes for Norm Portal
mail-recovery-codes-body =
    Hello { $name },

    new recovery codes were made for your account; the old ones no longer
    work. If this was not you, set a new password at once and write to us.

    The Secretariat
mail-recovery-used-subject = A recovery code for Norm Portal was used
mail-recovery-used-body =
    Hello { $name },

    one of your recovery codes was used in place of a code of your app. You
    have { $left } left. If this was not you, set a new password at once and
    write to us.

    The Secretariat
mail-codes-paused-subject = Wrong codes for your account at Norm Portal
mail-codes-paused-body =
    Hello { $name },

    somebody who knows your password has entered ten wrong codes. Codes of
    your app are not looked at for a quarter of an hour; sessions that you
    have open go on, and a recovery code still works.

    If this was not you, set a new password at once.

    The Secretariat
