# Files sent along with comments.
attachments-title = Attached files
attachments-field = Attach files
attachments-hint = PDF, DOCX, ODT, XLSX, CSV or TXT. At most { $most } files, each of at most { $megabytes } MB. They are published with your comment if it is published.
attachments-scan-hint = The scan as PDF, JPEG or PNG, or DOCX, ODT, XLSX, CSV or TXT. At most { $most } files, each of at most { $megabytes } MB. Of a picture, place, time and device are left out. Scans are never published.
attachments-scan = Scan: { $name }
attachments-remove = Remove
attachments-digest = SHA-256
attachments-lost = The files that you chose were not kept, because you were not signed in any more. Choose them again.
attachments-mail-line = { $name } ({ $sort }, { $size })
    SHA-256: { $sha256 }
attachments-sort-pdf = PDF document
attachments-sort-docx = Word document (DOCX)
attachments-sort-odt = OpenDocument text (ODT)
attachments-sort-xlsx = Excel workbook (XLSX)
attachments-sort-csv = Table of text (CSV)
attachments-sort-txt = Plain text (TXT)
attachments-sort-jpg = Picture (JPEG)
attachments-sort-png = Picture (PNG)
attachments-size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
attachments-size-kilobytes = { $size } kB
attachments-size-megabytes = { $size } MB
attachments-too-large = { $name } is not attached: it is larger than { $most } MB. Choose a smaller file, or split it
attachments-empty = { $name } is not attached: the file is empty. Choose another one
attachments-web-page = { $name } is not attached: it is a web page, whatever its name says. Save it as PDF, DOCX, ODT, XLSX, CSV or TXT
attachments-other-kind = { $name } is not attached: only PDF, DOCX, ODT, XLSX, CSV and TXT files are taken. Save it as one of these
attachments-no-scan = { $name } is not attached: only PDF, JPEG, PNG, DOCX, ODT, XLSX, CSV and TXT files are taken. Save it as one of these
attachments-picture = { $name } is not attached: the picture is damaged or has more than 100 million pixels. Scan it again, or save it as PDF
attachments-too-many = { $name } is not attached: at most { $most } files can be. Remove one first
attachments-none-today = You sent as many files today as one person may. Try again tomorrow
attachments-too-many-today = { $name } is not attached: you attached as many files today as one person may. Try again tomorrow
attachments-not-open = { $name } is not attached: this form was sent already, or takes no files now. To add a file to a comment you sent, correct that comment
unscanned-label = Not looked through for harmful programs yet: nobody can open it, and the comment is not published, until then
unscanned-title = This file has not been looked through yet
unscanned-text = { $name } can be opened once it was looked through for harmful programs.
unscanned-next = That takes a moment as a rule. Try again later; nothing is lost.
unscanned-decision = A file of this comment has not been looked through for harmful programs yet. It can be published once that is done; try again in a moment.
harmful-mail-subject = A file that you sent was not kept
harmful-mail-body =
    Dear { $name },

    the file { $file } that you sent to the portal was looked through for harmful
    programs, and one was found in it ({ $finding }). The file was not kept, and
    nobody has opened it.

    Check the device that it comes from. If you think that this is a mistake, send
    the content in another form, as plain text for instance.
harmful-mail-comment-body =
    Dear { $name },

    the file { $file } that came with your comment { $reference } was looked
    through for harmful programs, and one was found in it ({ $finding }). The file
    was not kept, and nobody has opened it. Your comment itself stays as it is.

    Check the device that it comes from. If you think that this is a mistake, send
    the content in another form, as plain text for instance.
