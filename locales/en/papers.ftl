### Position papers.

papers-title = Send a position paper
papers-link-hint = A long text on several norms at once: the portal divides it into comments, and you get one receipt.
papers-lead = Paste your paper or attach it. The portal divides it at its headings; you then say which part is about which text.
papers-name = Title of the paper
papers-name-hint = As it should stand on your receipt.
papers-text = The text
papers-text-hint = Up to 100,000 characters. Headings on lines of their own make the best parts.
papers-document = Or a document
papers-document-hint = PDF, DOCX, ODT or TXT, up to { $most } MB. It is kept with your comments as you sent it. If you paste the text as well, the pasted text counts.
papers-split = Divide it into parts
papers-nothing = Paste the text, or choose a document
papers-title-missing = Give the paper a title
papers-too-long = Shorten the text to { $longest } characters; it has { $length } now. Nothing was cut
papers-too-many = You have as many drafts as one person can have. Send or throw away one of them under My comments, then send this form again
papers-stale = This page was opened before you signed in or out. Everything you typed is here: look it over and press the button again. A document has to be chosen again
papers-file-too-large = The document is too large: at most { $most } MB. Leave out its pictures, or paste the text instead
papers-file-table = This is a table. Send comment tables as spreadsheets, or paste the text instead
papers-file-empty = The document is empty. Choose another, or paste the text instead
papers-file-web-page = This is a web page, whatever its name says. Save it as PDF or DOCX, or paste the text instead
papers-file-old = This document is protected by a password or of the old DOC format. Save it as DOCX without a password, or paste the text instead
papers-file-other = This is no PDF, DOCX, ODT or TXT in UTF-8. Save it as one of these, or paste the text instead
papers-file-broken = The document is damaged or can't be read. Save it again and choose it once more, or paste the text; the document can be sent along
papers-file-encrypted = The document is protected by a password. Save it without, or paste the text; the document can be sent along
papers-file-no-text = No text was found in the document: it may hold scanned pages only. Paste the text; the document can be sent along
papers-file-too-much = The document holds more text than a position paper may have. Paste the text you want to send; the document can be sent along

papers-parts-title = Parts of the paper
papers-parts-lead = { $count ->
    [one] The paper is one part.
   *[other] The paper is divided into { $count } parts.
}
papers-parts-text = Say for each part what it is and which text it is about. Texts that are named in a part are suggested. This is saved as a draft and kept for 30 days.
papers-kept-document = Kept as you sent it:
papers-part = Part { $number }
papers-part-whole = { $count ->
    [one] Read and change the text ({ $count } character)
   *[other] Read and change the text ({ $count } characters)
}
papers-part-text = Text of this part
papers-part-role = What is this part?
papers-part-norm = Which text is it about?
papers-part-norm-hint = Needed for comments only.
papers-role-general = A comment on a text as a whole
papers-role-wording = A comment on certain words
papers-role-lever = A proposal on how to implement a text
papers-role-before = More of the part before
papers-role-out = No comment: leave it out, but keep it in the whole paper
papers-next = Continue
papers-save = Save and go on later
papers-back = Back to the parts
papers-role-missing = Part { $number }: Say what it is
papers-nothing-before = Part { $number }: There is no part before it
papers-part-empty = Part { $number }: It has no text. Write some, or leave it out
papers-norm-missing = Part { $number }: Choose the text it is about
papers-part-too-long = Part { $number }, with the parts that belong to it: Shorten it to { $longest } characters; it has { $length } now. Nothing was cut
papers-no-comment = No part is a comment yet. Choose at least one

papers-details-title = Words and levers
papers-details-lead = The text of each part is kept as the reason, or as what should be done. The Commission also needs these answers.
papers-quote = Words that you paste
papers-quote-hint = As they stand in the text above.
papers-clause = Or a whole clause
papers-words-missing = Paste the words it is about, or choose a clause
papers-which = These words stand in several places. Choose the one you mean
papers-proposed-hint = Only if the words should read differently.
papers-of-part = Part { $number }: { $message }

papers-check-title = Check your paper
papers-check-lead = { $count ->
    [one] It makes { $count } comment. Nothing has been sent yet.
   *[other] It makes { $count } comments. Nothing has been sent yet.
}
papers-left-out = Left out
papers-left-out-text = These parts are no comments of their own. They stay in the whole paper, which the Secretariat and the Commission can read.
papers-changed-since = The paper or a text it is about changed since this page was shown. Look it over, then send it
papers-check-next = After you send it you receive one reference for the paper, one for each comment, and a copy by e-mail. The Secretariat reads every comment first.
papers-send = Send the paper
papers-not-now = Nothing was stored. Wait a moment, go back and send the form again: the same form never makes two papers.
flash-paper-saved = The paper is saved. You find it among your drafts for 30 days.

papers-changed-title = The paper was changed meanwhile
papers-changed-text = Somebody else, or you in another window, saved it since you opened this page:
papers-changed-open = Open what is saved
papers-changed-mine = Save mine in its place
papers-changed-yours = What you typed
papers-changed-elsewhere = This paper was changed on another page. Nothing more is saved here by itself; press a button below to see both.
