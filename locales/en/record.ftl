# The public record: what is proposed side by side, where people commented, levers as a matrix, choices, history.

## Proposals side by side

record-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
record-voices = { $count ->
    [one] one organisation or person
   *[other] { $count } organisations and people
}
record-ask = { $comments } from { $voices } ask for this
record-raise = { $comments } from { $voices } explain this concern
record-propose = { $comments } from { $voices } propose this
record-say = { $comments } from { $voices } say this
record-others = and others
record-first-says = The reason that the first of them gives:
record-all = Read all { $count } comments
record-with = like { $reference }
record-kept = Keeps these words and explains a concern.
record-kept-concern = Keeps these words. Concern: { $concern }
record-published = Published comments

## Choosing

record-choose = Choose comments by kind, group, country and more
record-any = Any
record-show = Show
record-facet-kind = Kind
record-facet-clause = Clause
record-facet-concern = Concern
record-facet-actor = Who should act
record-facet-instrument = Instrument
record-facet-group = Stakeholder group
record-facet-country = Country
record-facet-language = Language
record-chosen = Showing only:
record-take-off = Remove
record-chosen-note = Each proposal is here because at least one comment that asks for it fits. Its numbers count everybody who asks for it.
record-ignored = { $count ->
    [one] This part of the address was not understood and was ignored
   *[other] These parts of the address were not understood and were ignored
}
record-none-fit = No published comment fits these choices
record-none-so-far = Nothing that fits was found so far
record-look-on = Go on looking

record-language-ar = Arabic
record-language-de = German
record-language-en = English
record-language-es = Spanish
record-language-fa = Persian
record-language-fr = French
record-language-hi = Hindi
record-language-it = Italian
record-language-ja = Japanese
record-language-ko = Korean
record-language-nl = Dutch
record-language-pt = Portuguese
record-language-ru = Russian
record-language-tr = Turkish
record-language-uk = Ukrainian
record-language-zh = Chinese

## Where people commented

record-heat = Where people commented
record-heat-on = Show where people commented
record-heat-off = Hide where people commented
record-heat-what = Words that at least three organisations or people commented on are tinted and underlined: the more, the stronger and the thicker, measured against the words of this text with the most. Several letters of one organisation count once. Many comments say that words matter to people, not who is right.
record-heat-none = No words have comments from three organisations or people yet.
record-heat-1 = Faint
record-heat-2 = Light
record-heat-3 = Medium
record-heat-4 = Strong
record-heat-5 = Strongest
record-heat-from-to = { $from } to { $to } organisations and people
record-voices-bare = { $count ->
    [one] { $count } organisation or person
   *[other] { $count } organisations and people
}
record-heat-cut = The table names the places with the most, in the order of the text.
record-heat-table = Words with comments
record-heat-words = Words
record-heat-comments = Comments
record-heat-voices = Organisations and people
record-heat-change = Most proposed change
record-heat-long = The proposed wording is long; the link at the words leads to it.
record-heat-no-change = No one change has more voices than the others

## Levers

record-matrix = Who should act, and by which instrument
record-matrix-comments = { $count ->
    [one] comment
   *[other] comments
}

## A proposal

record-position = Proposal
record-position-words = { $count ->
    [one] On the word
   *[other] On the words
}
record-who = Who asks for it
record-who-says = Who says it

## History

record-history = History
record-history-link = All versions of this text
record-history-title = Versions of the text
record-history-one = The text has one version so far: nothing has been changed since comments opened.
record-history-many = The text has { $count } versions. Comments stay with the version that they were written about.
record-history-table = Versions, newest first
record-history-changes = What changed
record-history-first = The first version
record-history-compare = What version { $label } changed
record-current = Present text
record-version-title = Version { $label }
record-version-current = This is the present text.
record-version-norm = Read it with its comments
record-version-old = This is not the present text
record-version-present = Read the present text
record-version-changes = See what changed since
record-version-comments = Comments on this version
record-compare-title = Versions compared
record-compare-lead = From version { $from } to version { $to }, word by word.
record-compare-from = From version
record-compare-to = To version
record-compare = Compare
record-compare-same = The two are the same text, word for word.

## A comment's own page

record-same = { $count ->
    [one] One other comment asks for the same
   *[other] { $count } other comments ask for the same
}
record-same-said = { $count ->
    [one] One other comment says the same
   *[other] { $count } other comments say the same
}
record-revisions = Revisions
record-corrected = { $count ->
    [one] Corrected once before it was published. What it said before was never public.
   *[other] Corrected { $count } times before it was published. What it said before was never public.
}
