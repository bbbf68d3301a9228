# Files sent along with comments.
attachments-title = Attached files
attachments-field = Attach files
attachments-hint = PDF, DOCX, ODT, XLSX, CSV or TXT. At most { $most } files, each of at most { $megabytes } MB. They are published with your comment if it is published.
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
attachments-too-many = { $name } is not attached: at most { $most } files can be. Remove one first
attachments-none-today = You sent as many files today as one person may. Try again tomorrow
attachments-too-many-today = { $name } is not attached: you attached as many files today as one person may. Try again tomorrow
attachments-not-open = { $name } is not attached: this form was sent already, or takes no files now. To add a file to a comment you sent, correct that comment
