### Comment tables, out and in.

table-title = Fill in a comment table
table-link = Fill in a comment table
table-link-hint = Many comments at once, prepared in your organisation: download a table, fill it in, send it here.
table-lead = For many comments at once. Download a table, fill it in with your colleagues, and send it here. Every row is checked, and nothing is sent before you have seen it and said yes.
table-get = 1. Get a table
table-get-blank = Our sheet (XLSX)
table-get-blank-hint = One row for each clause of every text, with lists to choose from; a second sheet explains each column. For wording and for ways to implement a norm.
table-get-iso-xlsx = The ISO/IEC/CEN comment form as a sheet (XLSX)
table-get-iso-docx = as a document (DOCX)
table-get-iso-hint = The eight columns that standards bodies use. For comments on wording and on a text as a whole. Any other ISO comment table can be sent here too.
table-get-authors = Our sheet with columns for the author of each row (XLSX)
table-get-authors-hint = For what came by letter, by e-mail or at a meeting and is entered by the Secretariat: name, organisation, group, country, for whom, address, channel, day and event, row by row. An ISO comment table may have columns with the same headings.
table-get-one = Tables for a single text
table-get-blank-short = our sheet
table-get-iso-xlsx-short = ISO form, XLSX
table-get-iso-docx-short = ISO form, DOCX
table-fill = 2. Fill it in
table-fill-words = Keep the words you want to change, or put others from the same clause in their place. A row with a clause and no words is about the whole clause.
table-fill-change = Write the words as they should read, or “delete”, or leave that column empty to explain a concern. In a document, changes made with “track changes” are understood.
table-fill-whole = For a comment on a text as a whole write “_whole document” and its number as the clause.
table-fill-empty = Copy a row to comment on a clause twice. Rows that you leave as they are do not count.
table-send = 3. Send it
table-file = Comment table
table-file-hint = XLSX or DOCX, or our sheet as CSV in UTF-8; up to { $most } MB and 500 filled rows
table-upload = Check this table

table-layout-own = our sheet
table-layout-iso = ISO comment form
table-preview-title = Check your comment table
table-kept-until = It is kept as a draft until { $date }.
table-count = In it
table-comments = { $count ->
    [0] No comments ready to be sent
    [one] { $count } comment ready to be sent
   *[other] { $count } comments ready to be sent
}
table-asked-count = { $count ->
    [one] { $count } row with a question
   *[other] { $count } rows with a question
}
table-wrong-count = { $count ->
    [one] { $count } row with an error
   *[other] { $count } rows with errors
}
table-row = Row { $row }
table-sheet-row = { $sheet }, row { $row }
table-by-position = The headings are in a language that the portal does not know
table-by-position-text = The columns were told by their places: they look like those of the ISO form. Please check the rows below.
table-unread = These sheets or tables have no known headings and were not read
table-skipped = { $place }: { $rows }
table-skipped-rows = { $count ->
    [one] { $count } row from there on
   *[other] { $count } rows from there on
}
table-hidden = { $count ->
    [one] { $count } row is hidden in the file. It was read too.
   *[other] { $count } rows are hidden in the file. They were read too.
}
table-wrong = Rows with errors
table-wrong-text = Correct them in your file and send it again below, or leave these rows out.
table-where = Where
table-column = Column
table-problem = What to do
table-leave-out-legend = If you do not correct them
table-leave-out = { $count ->
    [one] Leave out the row with errors
   *[other] Leave out the { $count } rows with errors
}
table-leave-out-missing = { $count ->
    [one] A row has errors: correct it in the file, or choose to leave it out
   *[other] { $count } rows have errors: correct them in the file, or choose to leave them out
}
table-which = Which words do you mean?
table-which-missing = { $count ->
    [one] The words of a row stand in several places: choose the one that you mean
   *[other] The words of { $count } rows stand in several places: choose for each the one that you mean
}
table-repeated = { $count ->
    [one] One row says what was said before. It is left out unless you choose it.
   *[other] { $count } rows say what was said before. They are left out unless you choose them.
}
table-again = { $row } says the same as { $same }: send it too
table-nothing-to-send = No comment is left to be sent
table-confirm = Send these comments
table-replace = Send a corrected file
table-replace-text = It takes the place of the file above.
table-text-changed = A text has a new version since you opened this page. Check the rows once more

table-no-file = Choose the file with your comment table
table-file-too-large = Choose a file of at most { $most } MB
table-too-many-drafts = You have as many drafts as the portal keeps. Send or delete some under My comments, then send the table again
table-kind-old = This file is of a format from before 2007, or locked with a password. Open it, save it without a password as XLSX or DOCX, and send that
table-kind-empty = This file is empty. Choose the file with your comment table
table-kind-web-page = This file is a web page, whatever its name says. Open your table in Excel, LibreOffice or Word and save it as XLSX or DOCX
table-kind-packed = This file is packed and is no XLSX or DOCX. Open your table in Excel, LibreOffice or Word and save it as XLSX or DOCX
table-kind-pdf = A PDF has no rows that can be read. Save the table itself as XLSX or DOCX
table-kind-other = This is no table that can be read. Save it as XLSX or DOCX; a CSV has to be in UTF-8 and its name has to end with .csv
table-too-large = There is more in this file than a comment table holds. Keep the filled rows alone in a new file, without pictures, and send that
table-broken = This file is damaged. Open it, save it again as XLSX or DOCX, and send that
table-no-headings = No comment table was found in this file. A row of headings is needed: “Clause/ Subclause”, “Paragraph/ Figure/ Table/”, “Type of comment”, “Comments”, “Proposed change”, or those of our own sheet
table-no-headings-but = No comment table was found in this file. A row of headings is needed: “Clause/ Subclause”, “Paragraph/ Figure/ Table/”, “Type of comment”, “Comments”, “Proposed change”, or those of our own sheet. Found instead: { $seen }
table-columns-missing = The table has no columns with these headings: { $columns }. Add them, even if they stay empty
table-unclosed = A cell in row { $row } of the file begins with a quotation mark that is never closed, so that everything below it would be part of this cell. Close it, or double each quotation mark within the cell, and send the file again
table-too-many-rows = The table has more than { $most } filled rows. Send it in several files
table-empty = The table has no row that says anything. Fill in a rationale or a proposed change, then send it again

table-fault-formula = This cell holds a formula. Please put in the text itself
table-fault-merged = This cell is merged with the next column. Split it, so that each column has its own text
table-fault-merged-row = This cell is merged with another. Split it, so that each row and each column has its own text
table-fault-tracked = Tracked changes are open in this cell. Accept or reject them; neither text is taken
table-fault-full = This cell is as full as a cell can be, and its text may have been cut. Please write this one on the board
table-fault-cut = This cell is as full as a cell can be, and its text may have been cut. Please send this comment by its form
table-norm-unknown = There is no text of this number or name. Use a number as on the home page, or the title
table-norm-missing = Say which text this is about: put its number before the letter of the clause, like 3(b)
table-clause-missing = Say which clause this is about, like 3(b), or write “3 _whole document”
table-clause-unknown = Write the number of the text and the letter of the clause, like 3(b), or “3 _whole document”
table-clause-other-norm = The clause is of another text than the one in the norm column. Keep one of them
table-no-such-clause = This text has no such clause. See the letters on its page
table-type-unknown = Write ge, te or ed, or leave it empty
table-kind-unknown = Choose from the list: wording, lever of implementation, or whole text
table-not-in-list = “{ $words }” is not in the list. Choose from the list; it is in the sheet “About” too
table-author-empty = Empty, and so is the field below. Fill in one of them
table-author-unnamed = This row says an address, an organisation or whom it speaks for, but not who its author is. Name them, or leave these cells empty
table-behalf-myself = Themselves
table-behalf-organisation = The organisation
table-no-words = Say which words this is about: the letter of the clause, the line number, or the words themselves
table-no-such-line = This clause has no line of this number. Copy the words themselves instead
table-words-elsewhere = These words stand in { $clause }, not here. Correct the clause
table-words-until = These words are not in the text as written here: it goes on differently after “{ $words }”. Copy them from the text
table-words-not-found = These words are not in this clause. Copy them from the text
table-same-words = These are the same words as now. Change them, or leave this cell empty to explain a concern
table-about-words = About the words:
table-proposed-change = Proposed change:

table-column-norm = Norm
table-column-clause = Clause
table-column-line = Line
table-column-words = Words
table-column-kind = Kind
table-column-concern = Concern
table-column-proposed_wording = Proposed wording
table-column-rationale = Why
table-column-evidence = Evidence
table-column-actor = Who should act
table-column-instrument = Instrument
table-column-action = Action
table-column-by_when = By when
table-column-example = Example
table-column-obstacles = Obstacles
table-column-cost = Cost
table-column-reference = Reference
table-column-name = Author
table-column-organisation = Organisation
table-column-stakeholder_group = Stakeholder group
table-column-country = Country
table-column-on_behalf_of = Speaks for
table-column-email = E-mail
table-column-channel = Channel
table-column-received_on = Received on
table-column-event = Event
table-about-title = Comment table
table-about-text = Fill in the sheet “Comments”, save it, and send it at “Fill in a comment table” on the portal. Rows that you leave as they are do not count. Copy a row to comment on a clause twice. Labels and codes both work.
table-explain-norm = The text: its number, or its title. Filled in already.
table-explain-clause = The letter of the clause. Leave it empty, or write “whole”, for the text as a whole.
table-explain-line = The number of the line on which the words begin. Counts only where no words are given.
table-explain-words = The words that the comment is about, exactly as they stand in the text. Shorten them to those that should change. Empty: the whole clause.
table-explain-kind = What sort of comment. Empty: told by what is filled in.
table-explain-concern = For wording: what kind of concern it is. May stay empty.
table-explain-proposed_wording = For wording: the words as they should read. “delete” if they should go. Empty: the words stay, and the column “Why” explains a concern.
table-explain-rationale = Why; for a comment on the whole text, the comment itself. Up to 20,000 characters.
table-explain-evidence = A full address that begins with https://. May stay empty.
table-explain-actor = For a lever: who should act.
table-explain-instrument = For a lever: by what kind of instrument.
table-explain-action = For a lever: what exactly they should do.
table-explain-by_when = For a lever: by when. May stay empty, as all that follow.
table-explain-example = For a lever: an existing example.
table-explain-obstacles = For a lever: what could stand in the way.
table-explain-cost = For a lever: what it would cost.
table-explain-reference = Stays empty.
table-explain-name = Who wrote or spoke. Empty: whom the form names at which the table is sent; so with each column that follows.
table-explain-organisation = The organisation of the author.
table-explain-stakeholder_group = The stakeholder group of the author.
table-explain-country = Two letters (ISO 3166-1), or the English name of that list.
table-explain-on_behalf_of = Whom the author speaks for.
table-explain-email = Only if it is known: then the author gets a receipt.
table-explain-channel = By what the comment came.
table-explain-received_on = The day it reached the Commission, as 2026-11-20.
table-explain-event = The meeting, or the number of the letter.

table-own-get = Take your comments away as an ISO comment table:
table-own-get-xlsx = XLSX
table-own-get-docx = DOCX
