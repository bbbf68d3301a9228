### Working through the queue: who works on what, undoing, many at once, keys.

moderation-tab-mine = Mine
moderation-tab-claimed = In work
moderation-tab-redacted = Accepted, redacted
moderation-urgent = Urgent
moderation-make-urgent = Put it before the others
moderation-make-normal = Put it back in its order
moderation-next = Next comment
moderation-overdue = Answer overdue
moderation-due = Answer asked by { $date }
moderation-language = Language
moderation-language-unknown = Can't be told
moderation-age = Waiting for
moderation-age-day = a day or longer
moderation-age-three-days = three days or longer
moderation-age-week = a week or longer
moderation-age-month = thirty days or longer
moderation-organisation-exact = Organisation, its exact name
moderation-in-all = In all states:
moderation-organisation-waiting = Its waiting comments
moderation-filters-saved = Your filters
moderation-filters-none = You have kept none yet.
moderation-filter-name = Keep what is shown now under the name
moderation-filter-keep = Keep
moderation-filter-drop = Drop
flash-moderation-filter-kept = The filter is kept.
flash-moderation-filter-dropped = The filter is dropped.
flash-moderation-filter-name = Give the filter a name of at most 60 characters; nothing was kept.
flash-moderation-filter-many = You keep 20 filters already. Drop one first; nothing was kept.
flash-moderation-urgent = The comment stands before the others now.
flash-moderation-normal = The comment stands in its order again.

claim-column = In work
claim-take = Claim
claim-take-this = Claim this comment
claim-release = Give it back
claim-mine = You
claim-yours = You work on this comment, until { $time } unless you do something here.
claim-held = { $name } works on this comment:
claim-held-text = A decision of yours is refused unless you take it over first.
claim-take-over = Take it over from { $name }
claim-held-title = { $name } works on this comment; nothing of yours was saved
claim-gone-title = Nobody works on this comment any more
claim-gone-text = Whoever worked on it decided, gave it back or ran out of time meanwhile. Look at it as it stands now.
claim-conflict-until = It is theirs until { $time } unless they do something on it.
claim-conflict-typed = You can take it over and go on with what you had written.
flash-claim-taken = The comment is yours for 15 minutes, and as long as you work on it.
flash-claim-renewed = The comment stays yours.
flash-claim-released = You gave the comment back.
flash-claim-taken-over = You took the comment over.
flash-claim-not-waiting = The comment does not wait for a decision any more.

last-decision = { $reference }: { $outcome }.
last-until = The author will be told at { $time }.
last-undo = Undo
last-batch = See or undo all that you decided with it
undo-link = Undo this decision
undo-title = Undo this decision
undo-unseen = The letter to the author has not left. If you undo the decision now, they hear nothing of it and the comment waits again.
undo-told = The author was told of this decision. If you undo it, the comment waits again and the author gets a letter with your words.
undo-words = What the author is told
undo-words-hint = Say why the decision is withdrawn and what happens next.
undo-words-missing = Write what the author is told: the letter about the decision has left
undo-button = Undo the decision
undo-leave = Leave it as it is
undo-conflict-already = This decision was undone already
undo-conflict-when = It was undone at { $time }. Nothing of yours was saved or sent.
undo-conflict-changed = The comment changed meanwhile; the decision stands
undo-conflict-changed-text = Its author corrected it, took it back or appealed, or somebody decided again. Nothing of yours was saved or sent.
moderation-undone = Undone
moderation-undone-unseen = The author was told neither of the decision nor of its being undone.
moderation-in-batch = One of many
flash-moderation-undone = The decision is undone. Its letter had not left.
flash-moderation-undone-told = The decision is undone, and the author is told.
undo-mail-subject = The decision on your comment { $reference } is withdrawn
undo-mail-text =
    On { $decided_at } we told you of a decision on your comment { $reference } on "{ $norm }". That decision is withdrawn. Your comment waits to be read again.

    { $statement }

    You find it among your comments:

    { $own }
undo-mail-appeal =
    On { $decided_at } we told you of the decision on your appeal about your comment { $reference } on "{ $norm }". That decision is withdrawn. Your appeal waits to be heard again.

    { $statement }

    You find it among your comments:

    { $own }

bulk-box = Choose
bulk-chosen = Decide on the chosen ones
bulk-filtered = Decide on all that are listed, at most 100
bulk-title = { $count ->
    [one] Decide on { $count } comment
   *[other] Decide on { $count } comments
}
bulk-lead = Each is decided by itself: one that somebody decided, corrected or works on meanwhile stays as it is, and you are told.
bulk-lead-filtered = These are the first of what is listed, at most 100. Each is decided by itself: one that somebody decided, corrected or works on meanwhile stays as it is, and you are told.
bulk-caption = Chosen comments
bulk-outcome = What do you decide on all of them?
bulk-publish-hint = Everyone can read them at once, apart from those meant for the Commission only. Each author is told.
bulk-statement-hint = The same for every author. If they are declined and you leave this empty, the text for the reason is sent, in English.
bulk-decide = { $count ->
    [one] Decide on this comment
   *[other] Decide on these { $count } comments
}
bulk-too-many = { $count } comments are too many at a time
bulk-too-many-text = At most 100 can be decided together. Nothing was decided. Choose fewer, or narrow the filter.
bulk-done = Decided
bulk-undone = Decided and undone
bulk-waiting = Not decided: the work was broken off before
bulk-decided = Not decided: { $name } was quicker
bulk-changed = Not decided: it changed meanwhile
bulk-own = Not decided: your own comment, or one that you entered
bulk-own-decision = Not decided: you declined it before
bulk-unscanned = Not published: a file of it has not been looked through for harmful programs yet
bulk-claimed = Not decided: { $name } works on it
flash-bulk-nothing = No comment was chosen; nothing was decided.
flash-bulk-undone = Every decision was undone.
flash-bulk-undone-some = What could be undone was undone; see below what stays and where it stands.
batch-title = { $done } of { $all } decided
batch-caption = What came of each comment
batch-result = Result
batch-now = Now
batch-undo = { $count ->
    [one] Undo { $count } decision
   *[other] Undo { $count } decisions
}
batch-undo-unseen = None of the letters has left: the authors hear nothing of it.
batch-undo-told = Letters have left. Each author who was told gets your words.

keys-title = Keys
keys-are-on = Each key does something on these pages by itself, never together with another and never while you type in a field.
keys-are-off = They are switched off for you.
keys-move = To the next and the previous comment; from a comment, to the next one and back to the queue
keys-publish = Publish, or accept for the Commission, at once
keys-decline = Decline: then the number of the reason
keys-return = Return: then write what you ask for
keys-redact = Take words out before it is published
keys-claim = Claim the comment, or give it back
keys-undo = Undo your last decision
keys-help = Open this list
keys-switch-off = Switch keys off
keys-switch-on = Switch keys on
keys-left = { $time } left
keys-left-off = Time is up
keys-none = That key does nothing here.
keys-row-first = Move to a comment with j and k first.
keys-open-first = Open the comment first: move to it, then Enter.
keys-reason = Decline because of:
flash-moderation-keys-on = Keys are switched on.
flash-moderation-keys-off = Keys are switched off.
