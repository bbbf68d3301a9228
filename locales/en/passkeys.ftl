### Passkeys.

passkeys-title = Passkeys
passkeys-account =
    { $count ->
        [0] Sign in with your fingerprint, your face or your device's PIN in place of the password.
        [one] You have one.
       *[other] You have { $count }.
    }
passkeys-account-link = Your passkeys
passkeys-lead = A passkey is kept by your device, your password manager or a security key. It signs you in once you have unlocked that: no password, no code, and nothing that anybody could ask you for on a forged page.
passkeys-password-stays = Your password stays as it is.
passkeys-none = You have no passkeys yet.
passkeys-table = Passkeys, the oldest first
passkeys-name = Name
passkeys-added = Added
passkeys-used = Last used
passkeys-unused = Not yet
passkeys-kept = Kept
passkeys-synced = May be copied between your devices
passkeys-bound = In one device
passkeys-action = Action
passkeys-remove = Remove
passkeys-back = Back to your passkeys
passkeys-keep = Keep it
passkeys-staff = This passkey is your only second factor, without which nobody works at the Secretariat's desk. Add another one, or set up an app for codes, before you remove it.
passkeys-nowhere = This portal is reached by an address in figures, for which browsers make no passkeys. Whoever runs it can give it a name.
passkeys-full = This account has as many passkeys as it may have. Remove one that you do not use any more.
passkeys-no-scripts = Browsers use passkeys through scripts only, and scripts are off here.
passkeys-unable = This browser cannot use passkeys.
passkeys-new-title = Add a passkey
passkeys-new-lead = Your browser will ask where to keep it, and to unlock that place.
passkeys-new-ends = Every other session of yours ends, and you are told by e-mail.
passkeys-name-hint = So that you know it again in the list: of the device, or of the password manager.
passkeys-name-missing = Enter a name for the passkey
passkeys-name-wrong = Enter a name of one line and at most { $most } characters
passkeys-new-button = Add it
passkeys-none-sent = No passkey arrived: browsers need scripts for passkeys. Your password works without scripts
passkeys-stopped = Nothing was unlocked, or it took too long. You can try again.
passkeys-failed = It did not work. Load this page again, and then try once more.
passkeys-known = This device, or this password manager, has a passkey for the portal already.
passkeys-new-refused = The portal cannot take what your browser sent: your device has to make a key that it keeps, and to verify you. Try another device
passkeys-over = It took too long, or was sent twice. Try again
passkeys-refused = This passkey is not known here. Try another one, or sign in with your password
passkeys-counted-back = This passkey has been used more often than it says: there may be a copy of it. It opened nothing. Use your password, and remove the passkey from your account
passkeys-needed = The password alone is not enough at the Secretariat's desk. Use your passkey
passkeys-sign-in = Sign in with a passkey
passkeys-prove = Confirm with a passkey
passkeys-code-title = Use your passkey
passkeys-code-lead = The password is right. Now your passkey, which the Secretariat's desk needs as well.
passkeys-lost = No passkey at hand?
passkeys-instead = Without an app:
passkeys-removal-title = Remove a passkey
passkeys-removal-text = It no longer signs you in, and every other session of yours ends. Your device still shows it until you remove it there, too.
flash-passkey-added = The passkey is added. Every other session of yours has ended.
flash-passkey-removed = The passkey is removed. Every other session of yours has ended.

privacy-passkeys = If you added some: of each its public key, which opens nothing, what your device calls it and you call it, how often it says it was used, whether it may be copied between devices, since when, and when it was last used. Needed to recognise it. Nothing of your fingerprint or face leaves your device. Deleted when you remove it, too.

audit-action-account-passkey-added = Passkey added
audit-action-account-passkey-counted-back = Passkey refused, for it counted back
audit-action-account-passkey-removed = Passkey removed

mail-passkey-added-subject = Your account at Norm Portal has a new passkey
mail-passkey-added-body =
    Hello { $name },

    a passkey was added to your account: { $passkey }

    It signs in without your password from now on. Every other session has
    ended. If this was not you, remove it at once, set a new password and
    write to us: { $link }

    The Secretariat
mail-passkey-removed-subject = A passkey of your account at Norm Portal was removed
mail-passkey-removed-body =
    Hello { $name },

    this passkey no longer signs in to your account: { $passkey }

    Every other session has ended. If this was not you, set a new password
    at once and write to us. Your passkeys: { $link }

    The Secretariat
mail-passkey-counted-back-subject = A passkey of your account at Norm Portal was refused
mail-passkey-counted-back-body =
    Hello { $name },

    somebody tried to use this passkey of your account: { $passkey }

    It says that it was used fewer times than it was, so there may be a copy
    of it. It opened nothing. Remove it, and add another one if you like:
    { $link }

    The Secretariat
