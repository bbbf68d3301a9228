### Registering, signing in, one's account, the Secretariat's people.

account-email = E-mail address
account-email-hint = We send the confirmation, receipts and decisions there. It is never shown.
account-email-missing = Enter your e-mail address
account-email-wrong = Enter an e-mail address in the form name@example.org
account-name = Name
account-name-hint = One line, as it should stand beside a comment that you publish under your name.
account-name-missing = Enter a name
account-name-wrong = The name must be one line of at most 200 characters
account-password = Password
account-password-hint = At least 12 characters. A few words that do not belong together make a good one.
account-password-missing = Enter a password
account-password-short = The password must have at least 12 characters
account-password-long = The password may have at most 1,024 characters
account-password-common = This password is among the first that an attacker would try. Choose one that is not made of common words, words of this portal, your name or a pattern
account-password-breached = This password has been in a list of breached ones, which attackers try. Choose another one
account-group = Stakeholder group
account-group-hint = The group that you comment as.
account-group-missing = Choose the stakeholder group
account-organisation = Organisation
account-organisation-missing = Enter the organisation that you comment on behalf of
account-organisation-wrong = The organisation must be one line of at most 200 characters
account-country = Country
account-country-wrong = Choose a country from the list
account-behalf = On whose behalf do you comment?
account-behalf-myself = My own
account-behalf-organisation = My organisation's
account-behalf-organisation-hint = You are entitled to speak for the organisation named above.
account-on-behalf-wrong = Choose on whose behalf you comment
account-title = Your account
account-details = Your details
account-details-lead = Comments that you have sent keep the details they were sent with.
account-save = Save details
account-password-change = Change your password
account-old-password = Current password
account-old-password-wrong = The current password is not right
account-new-password = New password
account-password-save = Change password
account-address-change = Change your address
account-new-email = New e-mail address
account-new-email-hint = We send a link there. Until you follow it, the present address stays.
account-address-save = Send the link
address-sent-title = Check the mail of the new address
address-sent-text = We have sent a link to { $email }. Follow it to make this the address of your account.
address-sent-next = The link works for 48 hours. Until then your present address stays as it is.
address-title = Use this address
address-text = One press of the button, then this is the address of your account. You sign in anew with it.
flash-address-changed = Your account has the new address. Sign in with it.
flash-details-saved = Your details are saved.
flash-password-set = The new password is set. Every other session has ended.

register-title = Register
register-lead = An account lets you comment, keep your receipts and follow what becomes of each comment.
register-known = You have an account?
register-privacy = What is kept, why and for how long:
register-button = Register
register-sent-title = Check your mail
register-sent-text = We have sent a message to { $email }. Open it and follow the link to confirm the address.
register-sent-next = The link works for 48 hours. If nothing arrives, look into the folder for unwanted mail, or register again.

confirm-title = Confirm your address
confirm-text = One press of the button, then you can sign in and comment.
confirm-button = Confirm this address
flash-confirmed = Your address is confirmed. Sign in to comment.

sign-in-title = Sign in
sign-in-button = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-new = No account yet?
sign-in-refused = The address or the password is not right, or the address is not confirmed yet. Check both; if you have just registered, follow the link in our mail first
sign-in-ended-title = Your session has ended
sign-in-ended-text = Your words are kept: sign in, and the form comes back as you filled it in. Files have to be chosen again.
continue-title = You are signed in again
continue-text = What you typed is here, as you left it. Nothing has been sent yet.
continue-button = Go on

sign-out-title = Sign out
sign-out-text = Your session on this device ends. Comments that you have sent are kept.
sign-out-button = Sign out
flash-signed-out = You are signed out.

reset-title = Set a new password
reset-lead = Tell us your address. If there is an account, a link arrives by e-mail.
reset-button = Send the link
reset-sent-title = Check your mail
reset-sent-text = If there is an account for { $email }, a link to set a new password is on its way.
reset-sent-next = The link works for one hour and once. If nothing arrives, check the address and ask again in a few minutes.
new-password-title = Set a new password
new-password-lead = When it is set, every session of your account ends and you sign in anew.
new-password-button = Set this password

role-stakeholder = Stakeholder
role-stakeholder-hint = Comments, and has no place at the desk.
role-moderator = Moderator
role-moderator-hint = Reads the queue and decides on comments.
role-secretariat = Secretariat
role-secretariat-hint = Also exports, invites people, opens and closes the consultation.
people-title = People
people-table = The Secretariat's desk
people-role = Role
people-role-missing = Choose a role
people-standing = Standing
people-active = Active
people-suspended = Suspended
people-suspended-table = Suspended people without a place at the desk
people-invitations = Open invitations
people-invitations-none = Nobody is invited at present.
people-invitations-table = Invitations that can still be accepted
people-invited-until = Works until
people-invitation-action = Action
people-invitation-withdraw = Withdraw
people-invitation-nobody = Whoever has the first link
people-find = Find somebody
people-find-text = Anybody with an account, by their address: to suspend them or to give them a role.
people-find-button = Find
people-find-none = Nobody has this address.
people-invite = Invite somebody
people-email-hint = The invitation goes there. It works once, within seven days.
people-button = Invite
people-invited = The invitation is on its way
people-invited-text = You may also hand over this link yourself:
invitation-title = Join the Secretariat's desk
invitation-lead = You are invited as: { $role }.
invitation-known = There is an account with this address. Enter its present password to give it this role
invitation-name-hint = As colleagues will see it beside your decisions.
invitation-button = Join
flash-joined = You have joined. Sign in with your address and the password you have just set.

mail-confirm-subject = Confirm your address for Norm Portal
mail-confirm-body =
    Hello,

    to comment on the Norm Package, confirm this address:

    { $link }

    The link works for 48 hours. If you did not register, do nothing: without
    this step no account can be used.

    The Secretariat
mail-registered-subject = You already have an account at Norm Portal
mail-registered-body =
    Hello { $name },

    somebody, probably you, has tried to register with this address. There is
    an account already, and nothing about it was changed.

    Sign in: { $sign_in }
    Set a new password: { $reset }

    The Secretariat
mail-new-address-subject = Confirm your new address for Norm Portal
mail-new-address-body =
    Hello,

    to use this address for your account, follow this link:

    { $link }

    It works for 48 hours. If you did not ask for it, do nothing.

    The Secretariat
mail-address-changed-subject = Your account at Norm Portal has another address
mail-address-changed-body =
    Hello { $name },

    your account has another address now and this one is no longer used. If
    this was not you, write to us.

    The Secretariat
mail-reset-subject = Set a new password for Norm Portal
mail-reset-body =
    Hello { $name },

    to set a new password, follow this link within one hour:

    { $link }

    If you did not ask for it, do nothing: your password stays as it is.

    The Secretariat
mail-password-changed-subject = Your password for Norm Portal was changed
mail-password-changed-body =
    Hello { $name },

    the password of your account was changed, and every other session has
    ended. If this was not you, set a new password at once and write to us.

    The Secretariat
mail-password-changed-passkeys-subject = Your password for Norm Portal was changed
mail-password-changed-passkeys-body =
    Hello { $name },

    the password of your account was changed, and every other session has
    ended. Passkeys still sign in without it: look at Your account,
    Passkeys, and remove those that are not yours. If this was not you,
    set a new password at once and write to us.

    The Secretariat
mail-invitation-subject = Invitation to the Secretariat's desk of Norm Portal
mail-invitation-body =
    Hello { $name },

    you are invited to work at the Secretariat's desk of Norm Portal.
    Role: { $role }

    Follow this link within seven days and choose a password:

    { $link }

    The Secretariat
