### Composing, sending and following a comment.

kind-wording = Wording
kind-lever = Lever of implementation
kind-general = Whole text
state-pending = Waiting for review
state-returned = Returned to you
state-appealed = Appealed
state-published = Published
state-accepted = Accepted, for the Commission only
state-declined = Declined
state-withdrawn = Withdrawn
change-replace = Other words
change-replace-hint = As typed above: change, add or take out words. The portal works out what changed.
change-delete = Delete these words
change-delete-hint = What is typed above does not count.
change-keep = Keep the words, explain a concern
change-keep-hint = What is typed above does not count; the reason below does.
acceptable-yes = Yes
acceptable-no = No
acceptable-unsure = Not sure, or rather not say
publication-named = Name and organisation
publication-named-hint = The comment is published with its author's name, organisation, group and country.
publication-organisation = Organisation only
publication-organisation-hint = The comment is published with its author's organisation, group and country, or with group and country alone if no organisation is named. The Commission also sees the name.
publication-commission = Not published
publication-commission-hint = Only the Commission and its Secretariat read the comment and its author's name.

choose-title = How would you like to comment?
choose-wording = Suggest wording
choose-wording-hint = Choose words of the text and say how they should read, that they should go, or what worries you about them.
choose-lever = Propose how to implement it
choose-lever-hint = Say who should act, by what kind of instrument, and what exactly they should do.
choose-general = Comment on the whole text
choose-general-hint = For what concerns the text as a whole.

compose-title-wording = Suggest wording
compose-title-lever = Propose how to implement it
compose-title-general = Comment on the whole text
compose-step = Step { $step } of { $all }
compose-cancel = Back to the text
compose-check = Check your answers
compose-words = The words you chose:
compose-other-words = Choose other words
compose-request = The Secretariat asks
compose-proposed = The words as they should read
compose-proposed-hint = The present words are filled in. Change what should change.
compose-change = What should happen to the words?
compose-concern = What kind of concern is it?
compose-rationale = Why?
compose-rationale-hint = A sentence can be enough.
compose-evidence = Link to evidence
compose-evidence-hint = A full address that begins with https://
compose-acceptable = Would you accept the text without this change?
compose-actor = Who should act?
compose-instrument = By what kind of instrument?
compose-action = What exactly should they do?
compose-action-hint = As concrete as you can: what changes, for whom, how one would see it.
compose-by-when = By when?
compose-example = Is there an existing example?
compose-obstacles = What could stand in the way?
compose-cost = What would it cost?
compose-comment = Comment
compose-comment-hint = If it is about certain words, suggest wording instead: then the Commission sees it beside them.
compose-publication = What may be published?
compose-nothing = Choose the words: a clause, the first and last word, or words that you paste
compose-unknown-clause = Choose a clause of this text
compose-unknown-word = Choose the first and last word from the lists
compose-reversed = The last word stands before the first. Choose them in the order of the text
compose-outside-clause = The words stand outside the clause that is chosen above. Choose one or the other
compose-not-found = These words are not in the text as pasted. Copy them from the text above, or choose them from the lists
compose-text-changed = The text has a new version since you opened this form. Your answers are kept: choose the words again
compose-text-replaced = The text has a new version since you opened this form. Read it, then send your comment if it still holds
compose-which-missing = Choose the place that you mean
compose-not-now = Nothing was stored. Wait a moment and send the form again: the same form never makes two comments.
compose-too-long = Shorten this to { $longest } characters; it has { $length } now. Nothing was cut
compose-no-words = Type the words as they should read, or choose “Delete these words” below
compose-same-words = These are the same words as now. Change them, or choose “Keep the words, explain a concern” below
compose-change-missing = Choose what should happen to the words
compose-concern-wrong = Choose a concern from the list, or none
compose-rationale-missing = Say why, in a sentence or more
compose-comment-missing = Write your comment
compose-evidence-wrong = Enter a full address that begins with https:// or http://
compose-acceptable-wrong = Choose one of the answers
compose-actor-missing = Choose who should act
compose-instrument-missing = Choose the kind of instrument
compose-action-missing = Say what exactly they should do
compose-publication-missing = Choose what may be published
compose-shut-title = No comments are taken now
compose-not-yet = Comments are taken from { $time }.
compose-closed = Comments were taken until { $time }.
compose-used-title = This form was sent before
compose-used-text = A comment was stored from it with other content, and stays as it is. What you typed now was not stored.
compose-overtaken-title = Your correction was not stored
compose-overtaken-text = The comment changed meanwhile and now stands at: { $state }.
compose-kept-next = What you typed is here, to be copied:

words-title = Which words?
words-lead = Choose a clause, or mark the first and last word, or paste the words from the text.
words-clause = A whole clause
words-clause-letter = Clause ({ $letter })
words-no-clause = No whole clause
words-marked = Or from one word to another
words-marked-hint = For a single word, choose it as the first.
words-first = First word
words-last = Last word
words-quote = Or words that you paste
words-quote-hint = As they stand in the text. A clause chosen above limits the search to it.
words-button = Continue
which-title = Which one do you mean?
which-lead = { $count ->
    [one] These words stand in { $count } place.
   *[other] These words stand in { $count } places.
}
which-legend = The place

check-title = Check your answers
check-lead = Nothing has been sent yet.
check-change = The change
check-answers = Answers
check-edit = Change
check-next = After you send it you receive a reference and a copy by e-mail. The Secretariat reads every comment first.
check-send = Send comment
check-back = Back to the form

receipt-title = We have received your comment
receipt-reference = Your reference
receipt-received = Received
receipt-mail = A copy with the full text is on its way to your address. You can bookmark this page.
receipt-next = What happens next
receipt-next-text = The Secretariat reads your comment. You hear by e-mail whether it is accepted, comes back to you with a request, or is declined, and why. Accepted comments go to the Commission for its deliberations.
receipt-follow = Follow, correct or withdraw this comment
receipt-another = Comment on another text
receipt-text = What we received
receipt-digest = SHA-256 of the text

own-none = No comments yet
own-none-text = Start from a text:
own-caption = Your comments, newest first
own-publication = Publication
own-reference = Reference
own-text = Text
own-kind = Kind
own-state = Status
own-changed = Last change
own-comment = Comment
own-life = What happened so far
own-received = Received
own-reason = Reason:
own-answer-publish = Accepted
own-answer-return = Returned to you with a request
own-answer-by = An answer is asked by
own-undone = This decision was withdrawn by the Secretariat
own-answer-decline = Declined
own-now-pending = Now: waiting for the Secretariat
own-now-returned = Now: waiting for your answer
own-now-appealed = Now: your appeal is with the Secretariat
own-now-published = Now: with the Commission for its deliberations
own-now-considered = Now: considered by the Commission
own-now-declined = Now: closed
own-now-withdrawn = Now: withdrawn by you
own-answer = Answer the request
own-correct = Correct it
own-withdraw = Withdraw this comment
own-public = See it as it is published
own-revision = What it says (revision { $revision })
withdraw-title = Withdraw this comment?
withdraw-text = It leaves the queue, and every public page if it was published. It can't be brought back; you may send a new one while the consultation is open.
withdraw-button = Withdraw the comment
withdraw-keep = Keep it
flash-corrected = Your correction is received. A copy is on its way to you.
own-revised = Correction received (revision { $revision })
flash-withdrawn = The comment is withdrawn.

summary-text = Text
summary-version = version { $label }
summary-clause = Place
summary-words = Words
summary-change = What should happen to them
summary-proposed = Proposed wording
summary-concern = Concern
summary-rationale = Why
summary-evidence = Evidence
summary-acceptable = Acceptable without this change
summary-actor = Who should act
summary-instrument = Instrument
summary-action = What they should do
summary-by-when = By when
summary-example = Existing example
summary-obstacles = What could stand in the way
summary-cost = What it would cost
summary-comment = Comment

mail-receipt-subject = We have received your comment { $reference }
mail-receipt-again-subject = We have received your correction of { $reference }
mail-receipt-body =
    Hello { $name },

    we have received your comment.

    Reference: { $reference }
    Received: { $received }
    Publication: { $publication }
    Receipt: { $link }

    What we received:

    { $text }
    SHA-256 of the text: { $sha256 }
    Anybody can check reference and digest at { $verify }

    What happens next: the Secretariat reads your comment. You hear by e-mail
    whether it is accepted, comes back to you with a request, or is
    declined, and why.

    The Secretariat

mail-submission-subject = We have received your submission { $reference }
mail-submission-body =
    Hello { $name },

    we have received your submission "{ $title }" with { $parts } comments.

    Reference: { $reference }
    Received: { $received }
    Publication: { $publication }
    Receipt: { $link }

    What we received, each comment under a reference of its own:

    { $text }
    SHA-256 of the whole: { $sha256 }
    Anybody can check reference and digest at { $verify }

    What happens next: the Secretariat reads each comment. You hear by e-mail
    whether it is accepted, comes back to you with a request, or is
    declined, and why.

    The Secretariat
