### The Secretariat's people, audit log, figures, digest and alerts.

oversight-cancel = Cancel
oversight-since = since
oversight-oneself = Nobody changes their own place. Ask somebody else of the Secretariat.
oversight-did = What this person did
oversight-done-to = What was done to this account
oversight-changes = What was changed, and why
oversight-changes-none = Nothing yet.
oversight-grounds = Why
oversight-grounds-hint = The person reads these words in the letter about it.
oversight-grounds-missing = Say why
oversight-grounds-wrong = The grounds may have at most 1,000 characters
oversight-overtaken = The person was changed meanwhile
oversight-overtaken-text = Nothing of yours was saved. This is how things stand now; what you typed is still below.
oversight-role-title = Change role
oversight-role-text = The new role holds at once, in every session. The person is told by e-mail and signs in anew.
oversight-role-button = Change role
oversight-new-role = New role
oversight-role-unconfirmed = This person has not confirmed their address yet. Invite them instead
oversight-suspension-title = Suspend
oversight-suspension-text = The person is signed out everywhere at once and cannot sign in until they are reinstated. They are told by e-mail. What they did stays.
oversight-suspension-button = Suspend
oversight-reinstatement-title = Reinstate
oversight-reinstatement-text = The person can sign in again, with the role they had. They are told by e-mail.
oversight-reinstatement-button = Reinstate
oversight-second-factor-title = Reset the second factor
oversight-second-factor-text = For somebody who has lost their app and their recovery codes, or their passkeys: all of them end. They are signed out everywhere at once; staff set up another factor when they sign in. They are told by e-mail. Make sure first who asks, as surely as when they came: call back or see them. A mail or a call that asks for it proves nothing.
oversight-second-factor-button = Reset
flash-oversight-second-factor = The second factor is reset, and the person is told.
oversight-withdrawal-title = Withdraw an invitation
oversight-withdrawal-text = The link ends at once. The person is told by e-mail if the invitation has an address.
oversight-withdrawal-button = Withdraw the invitation
oversight-claims-title = Hand over what this person works on
oversight-claims-text = Every comment that this person has claimed becomes the colleague's, for fifteen minutes as if they had just claimed it. Both are told by e-mail.
oversight-claims-hint = Both read these words in the letter about it.
oversight-claims-button = Hand over
oversight-colleague = Colleague
oversight-colleague-missing = Choose a colleague
flash-oversight-claims = The colleague has it now, and both are told.
handed-over-mail-subject = Comments at Norm Portal were handed over
handed-over-mail-body =
    Hello { $name },

    the Secretariat has handed over what was being worked on: { $count } comments
    are now with { $taker }.

    The reason:

    { $grounds }

    The queue: { $queue }

    The Secretariat
flash-oversight-role = The role is changed, and the person is told.
flash-oversight-suspension = The person is suspended, and is told.
flash-oversight-reinstatement = The person is reinstated, and is told.
flash-oversight-invitation-withdrawn = The invitation is withdrawn.

suspended-title = Your account is suspended
suspended-text = It is you, but the Secretariat has suspended this account. Nothing that you sent is lost.
suspended-next = A letter with the reason went to your address. Ask the Secretariat:
suspended-contact = how to reach it

mail-role-changed-subject = Your role at Norm Portal has changed
mail-role-changed-body =
    Hello { $name },

    the Secretariat has given your account another role. It is now:
    { $role }

    The reason:

    { $grounds }

    Every session of yours has ended; sign in again: { $sign_in }
    Questions: { $contact }

    The Secretariat
mail-suspended-subject = Your account at Norm Portal is suspended
mail-suspended-body =
    Hello { $name },

    the Secretariat has suspended your account. You are signed out and cannot
    sign in. What you sent is kept.

    The reason:

    { $grounds }

    If you think this is wrong, ask the Secretariat: { $contact }

    The Secretariat
mail-reinstated-subject = Your account at Norm Portal is open again
mail-reinstated-body =
    Hello { $name },

    the Secretariat has ended the suspension of your account.

    The reason:

    { $grounds }

    Sign in: { $sign_in }

    The Secretariat
mail-invitation-withdrawn-subject = An invitation to Norm Portal is withdrawn
mail-invitation-withdrawn-body =
    Hello { $name },

    the invitation to join the Secretariat's desk of Norm Portal is withdrawn;
    its link works no longer.

    The reason:

    { $grounds }

    Questions: { $contact }

    The Secretariat
