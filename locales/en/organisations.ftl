### Organisations: founding, joining, deciding who belongs to one, speaking for one, co-signing.

org-title = Your organisation
org-account-text = Several people can comment for one organisation, share drafts and read each other's receipts.
org-account-link = Found, join or see your organisation
org-given = Given by your membership. See your organisation
org-none-lead = You belong to no organisation here. Comments that you send for an organisation show its name as you type it, and are not marked as confirmed.
org-at-domain-title = { $name } is here already
org-at-domain-text = People with a confirmed address at { $domain } join it by themselves.
org-join-heading = Join an organisation
org-join-text = If your confirmed address is at the organisation's domain you are a member at once. Otherwise its first member and the Secretariat are asked, and see your name and e-mail address.
org-search = Name of the organisation
org-search-button = Search
org-search-none = No organisation found
org-search-none-text = Organisations that nobody has confirmed are found by their exact name only. Check the name, or found the organisation below.
org-search-found = Organisations found
org-join-button = Join
org-ask-button = Ask to join
org-found-heading = Found an organisation
org-found-text = You become its first member: you let in people who ask, and see their names and e-mail addresses.
org-name = Name
org-name-hint = As it should stand beside comments. It can't be changed later.
org-name-missing = Enter the name of the organisation
org-group-missing = Choose the stakeholder group of the organisation
org-name-taken = There is an organisation called { $name } already. Search for it above and ask to join
org-by-domain = Who joins by themselves?
org-by-domain-choice = People with a confirmed address at { $domain } join by themselves
org-by-domain-hint = Choose this only if the domain is the organisation's own. The domain is shown beside its comments. Without it you let in everybody who asks, and the Secretariat has to confirm the name.
org-domain-taken = The people at { $domain } have an organisation already: { $name }. Join it instead
org-domain-anybodys = Your address is at { $provider }, where anybody can have one, so it does not show that you belong to another domain. If the organisation is here already, search for it above and ask to join: its first member or the Secretariat lets you in. Otherwise leave the domain out of the name; the Secretariat then confirms the organisation
org-domain-others = The name holds the domain { $domain }, and your confirmed address is not there. Leave the domain out of the name, or change your address first
org-anybodys = Your address is at { $provider }, where anybody can have one. You can found an organisation, but nobody joins it by address, and it counts as confirmed only once the Secretariat has confirmed its name.
org-found-button = Found the organisation
org-refused-until = You were not let in. You can ask again from { $time }
org-status = Status
org-status-confirmed = Name confirmed by the Secretariat
org-status-domain = Addresses at { $domain }
org-status-open = Not confirmed
org-asked-lead = You have asked to join { $name }.
org-asked-text = Its first member and the Secretariat were written to. You hear by e-mail when one of them has answered.
org-take-back = Withdraw the request
org-open-text = The Secretariat has not confirmed the name yet. Until then comments are not marked as sent by a confirmed member, and the organisation can't co-sign.
org-speak = Comments you send are this organisation's if your account says that you comment on your organisation's behalf:
org-comments-of = Comments of { $name }
org-comments-lead = Every member can read these receipts. Only whoever sent a comment can correct or withdraw it.
org-comments-caption = Comments of the organisation, newest first
org-comments-by = Sent by
org-colleague = A colleague sent this comment for your organisation. Only they can correct or withdraw it.
org-colleague-next = The Secretariat reads the comment. Its author hears by e-mail whether it is accepted, comes back with a request, or is declined, and why. Accepted comments go to the Commission for its deliberations.
org-colleague-follow = Follow this comment
org-waiting = People who want to join
org-waiting-none = Nobody is waiting for an answer.
org-waiting-text = Check the name and the address. Whoever you let in speaks for the organisation and reads its receipts, those of unpublished comments too.
org-asked-at = Asked
org-approve = Let in
org-refuse = Refuse
org-members = Members
org-members-none = Everybody has left.
org-you = (you)
org-first = First member
org-since = since
org-grounds-founder = Founded it
org-grounds-domain = By address
org-grounds-approval = Let in
org-put-out = Remove from the organisation
org-put-out-text = They stop being a member at once, and can ask to join again after 30 days. Comments they sent stay.
org-put-out-button = Remove now
org-leave-heading = Leave
org-leave-text = Comments that you sent for the organisation stay its comments and yours. If you are its first member, whoever has been a member longest takes your place.
org-leave-button = Leave the organisation
org-list-title = Organisations
org-list-lead = Names that need confirming, and people who wait for an answer.
org-list-none = No organisations yet
org-list-none-text = They appear here when somebody founds one.
org-list-caption = Organisations, newest first
org-confirm-text = Confirm the name only if you know that these people speak for it. It is then found by others who want to join, its comments are marked as sent by a confirmed member, and it can co-sign.
org-confirm-button = Confirm the name
flash-org-founded = The organisation is founded, and you are its first member.
flash-org-joined = You are a member now.
flash-org-asked = The organisation has been asked.
flash-org-approved = They are a member now and are told by e-mail.
flash-org-refused = They were refused and are told by e-mail.
flash-org-put-out = They are a member no more and are told by e-mail.
flash-org-left = Done. You are not with that organisation any more.
flash-org-confirmed = The name is confirmed.

## Marks beside public comments

public-member = Confirmed member
public-member-at = Confirmed member, { $domain }

## Co-signing

cosign-heading = Co-signed by
cosign-none = Nobody has put their name to this comment yet.
cosign-count = { $count ->
    [one] { $count } name.
   *[other] { $count } names.
}
cosign-no-vote = This is not a vote: names are counted, but never decide which comment comes first or what becomes of it.
cosign-by-group = Names by stakeholder group
cosign-group = Stakeholder group
cosign-organisations = Organisations
cosign-people = People
cosign-more = And { $count } more.
cosign-add-mine = Add my name
cosign-signed = You co-signed this.
cosign-signed-link = Take the name off
cosign-add-organisation = Add { $name }'s name
cosign-title = Co-sign comment
cosign-lead = You put a name to somebody else's comment, instead of sending the same again.
cosign-public = The name is public at once, with its stakeholder group and country. An organisation's name stands without yours; the other members see that you signed.
cosign-take-off = You can take it off again at any time, here and under My comments.
cosign-what = What the comment says
cosign-as = In whose name?
cosign-as-myself = My own
cosign-as-myself-hint = Your name, group and country as in your account.
cosign-as-organisation = That of { $name }
cosign-as-organisation-hint = You are entitled to sign for the organisation. Its group and country are shown.
cosign-as-missing = Choose in whose name you sign
cosign-shown = Shown as
cosign-button = Add the name
cosign-cancel = Back to the comment
cosign-stands = This name stands under the comment:
cosign-remove = Take the name off
cosign-refused = This name can't be added
cosign-refused-own = The comment is your own, or speaks for your organisation.
cosign-refused-signed = You have signed already.
cosign-refused-signed-for = You have signed already, for { $organisation }.
cosign-refused-organisation = Your organisation's name is there already: { $name } put it there.
cosign-refused-closed = Comments and names were taken until { $time }. Names can still be taken off.
cosign-refused-none = You are a member of no organisation. Join or found one on your account page first.
cosign-refused-unconfirmed = Nobody has confirmed your organisation's name yet. Once the Secretariat has, it can sign.
cosign-own-heading = What you have co-signed
cosign-own-self = In your own name
cosign-own-for = For { $organisation }
cosign-not-public = Not public now
flash-cosigned = The name stands under the comment.
flash-cosign-removed = The name is taken off.

## Letters

mail-org-asked-subject = Somebody wants to join { $organisation }
mail-org-asked-body =
    Hello { $name },

    { $asker } ({ $email }) asks to join { $organisation } at Norm Portal.
    Whoever is let in speaks for the organisation and reads its receipts.

    Let them in or refuse:

    { $link }

    The Secretariat
mail-org-approved-subject = You are a member of { $organisation }
mail-org-approved-body =
    Hello { $name },

    you are a member of { $organisation } at Norm Portal now. Comments that
    you send on its behalf carry its name.

    The Secretariat
mail-org-refused-subject = You were not let into { $organisation }
mail-org-refused-body =
    Hello { $name },

    you asked to join { $organisation } at Norm Portal and were not let in.
    You can ask again after 30 days. You can comment as before.

    The Secretariat
mail-org-put-out-subject = You are not a member of { $organisation } any more
mail-org-put-out-body =
    Hello { $name },

    your membership of { $organisation } at Norm Portal has been ended. The
    comments you sent stay as they are, and you can follow them as before.

    The Secretariat
mail-org-ended-subject = Your membership of { $organisation } has ended
mail-org-ended-body =
    Hello { $name },

    your account has a new address. Your membership of { $organisation } rested
    on an address at { $domain }, so it has ended. You can ask to join again.

    The Secretariat
