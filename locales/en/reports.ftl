# What readers report about public comments, and how the desk answers.

report-link = Report this comment
report-title = Report a comment
report-lead = Tell the Secretariat if this comment breaks the rules of the portal. A person reads your report; the comment stays as it is until they decide.
report-not-views = A comment is not taken down for what it thinks of the text. If it bears your own name and you did not send it:
report-complaint = What is wrong with it?
report-complaint-missing = Choose what is wrong
report-text = What should the Secretariat know?
report-text-hint = The words you mean, or why you think so.
report-text-missing = Say what is wrong
report-email-hint = Only if you want an answer. Nobody but the Secretariat sees it.
report-made = Your report is on its way
report-made-text = If this is a public comment, the Secretariat looks at it, and answers you if you left an address. When more reports come within an hour than it can read, those beyond that number are not kept: if yours matters and you hear nothing, write to the address on the contact page.
report-mail-subject = We have received your report
report-mail-body =
    Hello,

    we have received a report from this address on the comment
    { $reference }.

    The Secretariat looks at it and answers you. If you did not send it, you
    need do nothing.

    The Secretariat
report-mail-answer-subject = Your report on { $reference }
report-mail-answer-nothing =
    Hello,

    the Secretariat has read your report on { $reference } and leaves
    what it is about as it is.
report-mail-answer-review =
    Hello,

    the Secretariat has read your report on { $reference } and takes
    up again what it is about: it is reviewed under the rules of the portal.

reports-tab = Reports ({ $count })
reports-title = Reports
reports-lead = What readers report about public comments, and word that a name was used. A report hides nothing by itself.
reports-tabs = Reports by state
reports-open = Open ({ $count })
reports-answered = Answered
reports-none = No reports here
reports-none-text = When a reader reports a comment, or somebody writes that their name was used, it appears here.
reports-caption = Reports, the oldest first
reports-about = About
reports-sort = Kind
reports-sort-name = A name was used
reports-sort-reader = Reported by readers
reports-what = What
reports-count = Reports
report-case-title = Reports on { $reference }
report-case-reports = { $count ->
    [one] One report
   *[other] { $count } reports
}
report-no-address = no address left
report-comment = The comment
report-public-page = Public page
report-answer = Answer
report-answer-which = What happens with the comment?
report-answer-missing = Choose what happens with the comment
report-answer-hides-nothing = Reports are answered together: everybody who left an address gets one letter.
report-answer-nothing = It stays as it is
report-answer-nothing-hint = The letter says that you leave it.
report-answer-review = It is taken up again for review
report-answer-review-hint = The letter says so. You go on to its page at the desk.
report-reply = In your words to those who reported
report-reply-hint = Stands in the letter, after what was decided.
report-answer-button = Answer
report-lost = Somebody was quicker, or another report came meanwhile. Your answer was not saved:
report-other-cases = Other reports on this comment
report-readers-too = Readers report these comments too
flash-report-answered = The reports are answered.
flash-report-review = The reports are answered. Review the comment here.
flash-report-review-names = The report is answered. Review the comments it names.
