### Observations of the Secretariat: tables that were filled in and come back.

observations-title = Observations from a table
observations-lead = Write dispositions and responses in Word, LibreOffice or Excel, and bring them back. Nothing changes before you have seen what would.
observations-fill = How it works
observations-fill-take = Take the ISO comment table or the disposition sheet, in the Commission edition, from
observations-fill-column = In the ISO table write into the last column: a disposition in the first line (“Adopted in part”), the response to the author below it. It becomes the answer to that comment under each of its issues. Where a cell names its issues (“avoid-tampering/7: Noted”), each part is for its issue.
observations-fill-sheet = In the disposition sheet write the disposition and the reasons of each issue. They become proposals of yours; somebody else validates them.
observations-fill-leave = Leave the first column and the column “Made from” as they are. Rows may be sorted or left out, cells may be styled. Accept or reject tracked changes first.
observations-send = Bring it back
observations-file = Filled table
observations-file-hint = XLSX, DOCX or CSV in UTF-8; up to { $most } MB
observations-look = See what would change
observations-before = What came back before
observations-tables = Tables
observations-sent = Sent
observations-state = State
observations-applied = Applied
observations-open = Not applied
observations-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}

## What would change
observations-review-title = What this table would change
observations-changed-title = What this table changed
observations-late = The board was changed meanwhile
observations-late-text = Nothing was applied. What follows is how the table stands to the board now; your choices are kept.
observations-rows = Rows
observations-changing = { $count ->
    [one] 1 row changes the board
   *[other] { $count } rows change the board
}
observations-in-conflict = { $count ->
    [one] 1 is in conflict
   *[other] { $count } are in conflict
}
observations-not-taken = { $count ->
    [one] 1 row is not taken
   *[other] { $count } rows are not taken
}
observations-untouched = { $count ->
    [one] 1 says nothing new
   *[other] { $count } say nothing new
}
observations-more = { $count ->
    [one] And 1 more row that is not shown.
   *[other] And { $count } more rows that are not shown.
}
observations-wrong = Rows that are not taken
observations-wrong-text = All other rows can be applied. Or mend these in the file and send it once more.
observations-wrong-then = Everything else was applied. Mend these in the file and send it once more.
observations-own-words = The board wrote words of its own for this decision, and they would be lost: change it on the board
observations-left-out = Nothing says what the columns of this row and of those below it hold, so they were not read: put them under the headings of the table, or delete them
observations-twice = “{ $name }” is named twice: write one answer for each issue
observations-row = Row
observations-subject = Comment or issue
observations-column = Column
observations-problem = What is wrong
observations-conflicts = Conflicts
observations-conflicts-text = These were changed on the board after the table was made, and in the table too. Choose for each which of the two counts.
observations-many-conflicts = There are more conflicts than can be decided here
observations-many-conflicts-text = Take a new table from the exports and write the observations into that.
observations-keep-board = Keep what the board says
observations-take-file = Take what the table says
observations-nothing = Nothing
observations-undecided = { $place }: choose what counts
observations-change = Changes
observations-now = Now
observations-then = With the table
observations-apply = Apply
observations-apply-comments = All of it is written at once, into drafts. Each decision still has to be proposed and validated by two people.
observations-apply-issues = All of it is written at once, and each decision with reasons is proposed in your name. Somebody else validates it.
observations-not-yours = Whoever sent this table applies it: what is in it is their proposal.
observations-none = Nothing to apply
observations-none-text = No row says anything that the board does not say already.
observations-done = This table was applied
observations-done-comments = The answers stand under their issues.
observations-done-issues = The decisions with reasons are proposed and wait for somebody else.
flash-observations-applied = The table is applied.

## What is wrong
observations-no-headings = No comment table and no disposition sheet was found in this file. Its row of headings is needed as it was handed out
observations-too-many-rows = The table has more than { $most } rows. Take one for each norm
observations-empty = The table has no rows. Choose the file that you filled in
observations-no-marks = No row of this table says from which state of the board it was made. Only tables of the Commission edition come back: take a new one from the exports and write into that
observations-other-consultation = This table was made for another consultation
observations-no-reference = This row names no comment or issue. Rows that were added are not taken
observations-unknown-reference = There is no { $name } here
observations-doubled = { $name } stands in more than one row; none of them is taken
observations-no-mark = This row does not say any more from which state of the board it was made
observations-no-reasons = A disposition needs reasons: write them below it, or into the column of reasons
observations-no-disposition = There are reasons without a disposition
observations-unknown-disposition = “{ $word }” is no disposition. Use one of the vocabulary, in the first line
observations-too-long = This is longer than { $longest } characters
observations-no-issue = This comment is under no issue. Put it under one first, then send the table once more
observations-closed = { $name } is no draft any more. Send it back or take it up once more first, then look at this page again
