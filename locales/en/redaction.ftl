### Words taken out of a comment: by the desk, for its author, for readers; originals; appeals against it; statements of reasons.

redaction-field-proposed_wording = Proposed wording
redaction-field-rationale = Text of the comment
redaction-field-evidence = Link to evidence
redaction-field-action = What they should do
redaction-field-by_when = By when
redaction-field-example = Existing example
redaction-field-obstacles = What could stand in the way
redaction-field-cost = What it would cost
redaction-field-author_name = Name of the author
redaction-field-organisation = Organisation of the author

redaction-link = Take words out
redaction-title = Take words out of { $reference }
redaction-lead = For words that must not be public though the comment may: never for a view. In their place stands a mark with the ground. What you name here leaves every page, the search, feeds, the API and every export.
redaction-now = The comment as it stands
redaction-passages = What is to be taken out
redaction-passage = Passage { $number }
redaction-where = Where
redaction-everywhere = Every answer they stand in
redaction-where-hint = A link or a name is taken out as a whole.
redaction-words = The words
redaction-words-hint = Paste them exactly as they stand, whole words only. Leave it empty for a link or a name.
redaction-place = Which place
redaction-place-hint = Empty: every place where they stand. 1: the first place only, 2: the second, and so on.
redaction-code = Ground
redaction-code-hint = Shown to everyone in the mark and to the author in the letter.
redaction-reason = What is special about it
redaction-reason-hint = The author reads it. Do not repeat the words.
redaction-add = Another passage
redaction-preview = See what everyone will read
redaction-back-to-comment = Back to the comment
redaction-nothing = Name the words that are to be taken out
redaction-words-missing = Paste the words that are to be taken out
redaction-code-missing = Choose the ground on which they are taken out
redaction-place-wrong = Enter a number from 1, or leave it empty for every place
redaction-no-such-field = The comment has no such text, or does not show it
redaction-not-there = These words do not stand there. Copy them from the comment above
redaction-part-of-word = These words stand there only as a part of longer words or signs. Paste whole words
redaction-overlap = These words, or some of them, are taken out already, by another passage or before
redaction-no-such-place = { $count ->
    [one] The words stand in { $count } place only
   *[other] The words stand in { $count } places only
}
redaction-everything = Nothing of the comment would be left. Decline it instead, or return it to its author
redaction-statement-missing = Write to the author why words are taken out

redaction-check-title = What everyone will read
redaction-check-lead = This is the comment as it will stand everywhere. Read it to the end: is anything left that should go, or gone that should stay?
redaction-check-count = { $count ->
    [one] { $count } passage is taken out.
   *[other] { $count } passages are taken out.
}
redaction-check-files = Files that came with it
redaction-check-files-hint = A file may hold the same words. Without a tick nobody but the author and the desk gets it. Tick only what you have read.
redaction-check-file = Everyone may have { $name }: I have read it
redaction-check-statement-hint = Sent to the author as it stands, with the list of grounds and how to appeal. Do not repeat the words.
redaction-publish = Publish without these words
redaction-redact = Take these words out now
redaction-change = Change the passages
flash-redacted = The words are taken out and the author is told.
redaction-lost-title = The comment changed meanwhile; nothing was taken out
redaction-lost-text = It now stands at: { $state }. Read it as it stands.
redaction-lost-typed = What you had written

redaction-public-title = { $count ->
    [one] Words were taken out of this comment in { $count } place
   *[other] Words were taken out of this comment in { $count } places
}
redaction-public-text = The Secretariat took them out under its rules; a mark with the ground stands in their place. Everything else is as the author wrote it. The author was told why and can appeal.
redaction-public-ground = { $ground } ({ $count })

redaction-made = The Secretariat took words out
redaction-back = Put back
redaction-own-heading = What was taken out and why
redaction-own-text = Everyone else reads the comment without these words. You alone see them here; your receipt and the download of your data still hold the text as you sent it.
redaction-own-one = Taken out { $time }
redaction-own-words = The words:
redaction-appeal-link = Appeal against this
redaction-appeal-until = You may appeal once, until { $until }.
redaction-appeal-lead = You may appeal once. Somebody of the Secretariat other than the person who took the words out reads them again, with what you write here, and answers with reasons.
redaction-appeal-hint = Say what the decision overlooked or got wrong. What you write here is not published.
redaction-appeal-made = You appealed against words being taken out
redaction-appeal-restored = Your appeal was right: the words were put back
redaction-appeal-upheld = Your appeal was turned down: the words stay out

appeal-until = You may appeal until { $until }.
appeal-late-title = The time to appeal ended on { $until }
own-next-too-late = Nothing more. The time to appeal is over.
statements-heading = Letters with decisions

original-link = Read the original
original-title = Original of { $reference }
original-lead = Words were taken out of this comment. Reading it as it came is written to the audit log, with your name and the purpose.
original-purpose = What do you read it for?
original-purpose-appeal = To hear an appeal
original-purpose-author = Its author asks about it
original-purpose-claim = A court, an authority or somebody concerned has a claim
original-purpose-check = To see whether the right words were taken out
original-purpose-missing = Choose what you read it for
original-show = Show the original
original-shown = This reading is in the audit log. Do not copy these words anywhere that others can see.
original-taken-out = What was taken out
original-text = The comment as it came

nav-redaction-appeals = Appeals on redactions
redaction-appeals-title = Appeals against words taken out
redaction-appeals-lead = Each is heard once, by somebody of the Secretariat who did not take the words out.
redaction-appeals-tabs = Appeals by state
redaction-appeals-open = Waiting
redaction-appeals-ended = Ended
redaction-appeals-none = No appeals here
redaction-appeals-none-text = When an author appeals against words being taken out, it appears here.
redaction-appeals-caption = Appeals against words taken out
redaction-appeals-by = Taken out by
redaction-appeals-made = Appealed
redaction-appeals-outcome = How it ended
redaction-appeal-title = Appeal on { $reference }
redaction-appeal-text = What its author says
redaction-appeal-passages = What was taken out
redaction-appeal-statement = What its author was told
redaction-appeal-original = To read the words themselves, open the original: that is written to the audit log.
redaction-appeal-barred = You took these words out, or wrote them. Somebody else must hear the appeal.
redaction-appeal-decide = Decide on the appeal
redaction-appeal-lost = Somebody else was quicker. Your reasons were not saved:
redaction-appeal-statement-hint = Sent to the author as it stands. Do not repeat the words.
redaction-ending-restored = The author is right
redaction-ending-restored-hint = The words stand again where they stood, at once.
redaction-ending-upheld = The words stay out
redaction-ending-upheld-hint = That is final; the author gets your reasons.
flash-redaction-appeal-heard = The appeal is decided and its author is told.

verify-redacted = { $count ->
    [one] { $count } passage was taken out of it since; everyone else reads it without.
   *[other] { $count } passages were taken out of it since; everyone else reads it without.
}
verify-public = This is the text that is published, with redactions
verify-public-text = Words were taken out of the comment; this is the digest of what is left.
verify-closed = This comment is published with redactions
verify-closed-text = Words were taken out of it. Whether it came as the text with this digest, the portal tells its author only, signed in: anybody else could try out which words they were.

statement-by-a-person =
    A person at the Secretariat has read your comment and decided. Nothing here
    is decided by a machine.
statement-return-no-appeal =
    This is no refusal, so there is nothing to appeal against. If you think that
    the request is wrong, say so in your answer.

redaction-mail-passage = - { $field }: { $ground }
redaction-mail-passage-why = - { $field }: { $ground } ({ $reason })
redaction-mail-rule = Rule: { $rule }
redaction-mail-published-subject = Your comment { $reference } is published with redactions
redaction-mail-published =
    Your comment { $reference } on "{ $norm }" has been accepted and is now public,
    but for words that the Secretariat has taken out:

    { $permalink }

    In the place of each passage stands a mark. These were taken out:
redaction-mail-accepted =
    Your comment { $reference } on "{ $norm }" has been accepted for the Commission,
    but for words that the Secretariat has taken out. As you chose, it is not
    published.

    These were taken out:
redaction-mail-later-subject = Words were taken out of your comment { $reference }
redaction-mail-later =
    The Secretariat has taken words out of your comment { $reference } on "{ $norm }".
    The rest stays as it is; in the place of each passage stands a mark. These
    were taken out:
redaction-mail-appeal =
    You see which words among your comments, after signing in. If you think that
    this is wrong, you may appeal there once, until { $until }. Somebody else of
    the Secretariat then decides again and answers with reasons:

    { $own }
redaction-mail-restored-subject = Your appeal on { $reference } was right
redaction-mail-restored =
    Somebody else has looked again at the words that were taken out of your comment
    { $reference } on "{ $norm }", with your appeal. They are put back: the comment
    stands as you wrote it, as far as this decision goes.

    { $statement }

    { $own }
redaction-mail-upheld-subject = Your appeal on { $reference } is turned down
redaction-mail-upheld =
    Somebody else has looked again at the words that were taken out of your comment
    { $reference } on "{ $norm }", with your appeal. They stay out.

    { $statement }

    This decision is final. You can read it among your comments:

    { $own }

export-overtaken-title = This file is not given out any more
export-overtaken-text = Words were taken out of a comment after it was asked for, and it may hold them. Ask for a new one.

privacy-redactions-name = Words taken out of a comment
privacy-redactions = Where the Secretariat takes words out, for personal data and a few other grounds, everyone reads the rest. The comment as it came is kept apart: its author sees it, and the Secretariat once it has written to the audit log who reads it and what for. The letters that tell you of decisions on your comments are kept with them, so that you can read them again.
