### Outcome: what was asked, what was said, what was decided.

outcome-title = Outcome
outcome-link = What was asked, said and decided
outcome-lead = What the Commission asked, what was said, and what it decided and why, text by text. Decisions rest on reasons: how often something was said does not decide.
outcome-norm-lead = We asked, you said, we decided: every published issue on this text in its order.
outcome-find = Find my comment
outcome-reference = Reference
outcome-reference-hint = It is on your receipt.
outcome-find-button = Find
outcome-mine-unreadable = This is not a reference. Look at your receipt once more.
outcome-mine-unknown = No published comment has this reference
outcome-mine-unknown-text = Comments that are read at present, or that are for the Commission only, are not shown here. Their authors see them when signed in:
outcome-mine-withdrawn = This comment was published, and its author took it back.
outcome-mine-open = This comment is published; no decision on it is published yet
outcome-texts-heading = Texts
outcome-decisions = Published decisions
outcome-decisions-none = None yet
outcome-text = The text
outcome-text-between = From version { $from }, which was put out for comment, to the final version { $to }.
outcome-text-same = The final text is the one that was put out for comment.
outcome-text-none = There is no final text yet.
outcome-text-consulted = Version { $label }, which was put out for comment
outcome-none = No decision is published yet
outcome-none-text = Decisions appear here with their reasons as soon as they are published.
outcome-issue = Issue { $number }
outcome-asked = We asked
outcome-said = You said
outcome-decided = We decided
outcome-whole = The text as a whole
outcome-nobody = No comment that everyone may read.
outcome-texts = { $count ->
    [one] { $count } different text
   *[other] { $count } different texts
}
outcome-comments = { $count ->
    [one] { $count } comment in all
   *[other] { $count } comments in all
}
outcome-confidential = Besides these at least { $count } for the Commission only, counted in fives.
outcome-read = Read the comments under issue { $number }
outcome-adopted-words = The words in question then read:
outcome-decision = Decision
outcome-considered = Considered under
outcome-behind = Published comments behind it
outcome-behind-none = There is none.
