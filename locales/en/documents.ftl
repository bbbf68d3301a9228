### Documents of proposals: marshalled list, rolling text, tracked changes, and what every file says of itself.

documents-title = { $title }, version { $label }
documents-place = { $clause }, line { $line }, words { $words }
documents-marshalled = Marshalled list
documents-marshalled-note = Every proposal to change the words, in the order of the words it touches; at the same place deletions before replacements before insertions. Equal proposals stand once, with everybody who supports them.
documents-rolling = Rolling text
documents-rolling-note = The text as it stands, with the alternatives in square brackets behind the words they would take the place of. Without them it is the text as it stands. The marshalled list has every name in full.
documents-tracked = Text with every proposal as a tracked change
documents-tracked-note = Each proposal is an insertion or deletion with its author and date; its comment gives the reference and the reasons. Where proposals overlap, each stands on a copy of its own below the text. Rejecting every change leaves the text as it stands.
documents-none = Nobody proposes other words for this text.
documents-number = No.
documents-words = Words
documents-proposal = Proposal
documents-supporters = Supported by
documents-comments = Comments
documents-deletion = Delete
documents-replacement = Replace
documents-insertion = Insert
documents-confidential = for the Commission alone
documents-alternative = Alt. { $number } ({ $who }):
documents-delete = delete these words
documents-copy = Alternative { $number } of { $count } on these words ({ $place }): { $who }
documents-manifest = Manifest
documents-contents = Contents
documents-fact = Fact
documents-value = Value

## On the desk

documents-views = Issues, and the text with its proposals
documents-issues = Issues
documents-edition = Holds what was sent to the Commission alone, marked as such. Not for passing on.
documents-cut = { $count ->
    [one] Only the first comment was read
   *[other] Only the first { $count } comments were read
}
documents-cut-text = There are more than a page has room for. An export holds all of them.

## The working text

working-title = Working text
working-lead = The text with every proposal that the board adopted, published or waiting to be, in the order in which it was decided; and every proposal against it: whether it still applies, is met already, or contradicts what was adopted.
working-count = { $count ->
    [0] Nothing was adopted yet: the text as it was put out for comment.
    [one] One proposal was adopted.
   *[other] { $count } proposals were adopted.
}
working-written = { $count ->
    [one] In one place the board has words of its own.
   *[other] In { $count } places the board has words of its own.
}
working-written-caption = Words of the board’s own, for what it adopted in part or in other words
working-written-out = Contradicts what was adopted before
working-caption = Proposals against the working text
working-board = Decided on the board
working-standing = Against the working text
working-adopted = In the text
working-applies = Still applies
working-met = Already met
working-conflict = In conflict with No. { $numbers }
working-conflict-words = In conflict with the words of issue { $issues }
working-conflict-both = In conflict with No. { $numbers } and the words of issue { $issues }
working-waits = waits to be published
working-contradiction = The board adopted both. What was decided first is in the text; this one has to be decided again.
working-words = Which words come in its place is not on the board: the text has none of them.

## Levers

levers-title = Lever matrix
levers-lead = Who proposes what for whom: every lever of implementation in a published comment, by who should act and by whom it is proposed. Each number leads to the texts behind it.
levers-show = Show
levers-count = { $count ->
    [one] One lever
   *[other] { $count } levers
}
levers-take-off = Remove
levers-none = No levers proposed
levers-by-instrument = Who should act, by what instrument
levers-by-group = Which group proposes it, and who should act
levers-by-region = From which region it is proposed, and who should act
levers-actor = Who should act
levers-instrument = Instrument
levers-group = Stakeholder group
levers-region = Region
levers-action = What they should do
levers-texts = The texts behind the numbers
levers-pages = Pages of texts
levers-previous = Previous
levers-next = Next
