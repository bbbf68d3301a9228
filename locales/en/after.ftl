### After sending: receipts and their check, the life of a comment, appeal, looking up, somebody's name used, one's own
### data, deleting an account.

reference-missing = Enter the reference
reference-hint = Such as GCSC-N3-7K4Q-MW2R-9. It is in the letter that confirmed your comment.
reference-bad-form = This is not a reference. One looks like GCSC-N3-7K4Q-MW2R-9; its last nine characters are never 0, 1 or 8, nor B, C, D, E, G, I, J, N, O, P, S, T, U or V
reference-bad-check = This reference has a typing error: a character is wrong, or two have changed places. Compare it with your letter

receipt-proof = Proof of what was received
receipt-proof-text = The digest is computed over the file that ends in .json in the download: every answer in a fixed order. The command sha256sum gives the same number for it. If a character changes, so does the number.
receipt-verify = Check this receipt
receipt-print = To keep it on paper, print this page.
receipt-download = Download everything as one file (ZIP)

submission-title = We have received your submission
submission-caption = Your submissions: papers and tables with several comments
submission-name = Title
submission-parts = Comments
submission-next = The Secretariat reads each comment. You hear by e-mail whether it is accepted, comes back to you with a request, or is declined, and why. Each comment is followed, corrected and withdrawn by its own reference.

verify-title = Check a receipt
verify-lead = See whether this portal holds a text with exactly this reference and digest. It shows neither the text nor whose it is.
verify-by-digest = With the digest
verify-digest = SHA-256 of the text
verify-digest-hint = 64 characters, 0 to 9 and a to f. Spaces do not matter.
verify-digest-wrong = Enter the digest: 64 characters, each 0 to 9 or a to f
verify-button = Check
verify-by-content = With the file
verify-content = Content of the file that ends in .json
verify-content-hint = Open the file from the download with a text editor, copy all of it and paste it here. It is not stored.
verify-content-missing = Paste the content of the file
verify-button-content = Check the content
verify-yes = The portal holds exactly this text
verify-comment = It is revision { $revision } of a comment, received { $time }.
verify-submission = It is a submission, received { $time }.
verify-no = The portal holds no text with this reference and digest
verify-no-text = Compare both with the receipt, character by character. A text that was changed after it was received has another digest. Of a comment from which words were taken out and that is not public, the portal says so to its author only, signed in.
verify-how-heading = How the digest is made
verify-how = It is the SHA-256 of the text as one line of JSON, in UTF-8, with its fields in a fixed order and no line break at the end. The download of a receipt holds that line as a file for each comment, and for a submission one more that names every comment with its digest.

own-state-any = All
own-filter = Filter
own-none-in-state = No comment has this status
own-show-all = Show all
own-next = What comes next
own-next-pending = The Secretariat reads it and decides whether it is accepted. You hear by e-mail.
own-next-returned = Answer the request by correcting the comment. Until then it is not passed on.
own-next-appealed = Somebody other than the person who decided first reads your appeal and decides again, with reasons. You hear by e-mail. That decision is final.
own-next-published = The Commission reads it in its deliberations.
own-next-considered = The Commission has considered it. Its decision and the reasons are on this page.
own-next-declined = If you think that the decision is wrong, you may appeal once. Somebody else then decides again.
own-next-final = Nothing more. The decision on your appeal is final.
own-next-withdrawn = Nothing more. You may send a new comment while the consultation is open.
own-ahead = Ahead in the Commission's work:
own-receipt = Receipt
own-part-of = Sent as a part of
flash-appealed = Your appeal is received.

overtaken-text = Nothing was stored. The comment now stands at: { $state }.
overtaken-next = See the comment

withdraw-reason = Why do you withdraw it?
withdraw-reason-hint = Read by the Secretariat only.
withdraw-over-title = This comment can't be withdrawn now
withdrawal-heading = Why its author withdrew it
withdrawal-made = Withdrawn by you, with this reason

appeal-title = Appeal against the decision
appeal-lead = You may appeal once. Somebody other than the person who declined your comment reads it again, with what you write here, and answers with reasons.
appeal-statement = What you were told
appeal-text = Why should it be published?
appeal-text-hint = Say what the decision overlooked or got wrong. The comment itself stays as it is.
appeal-text-missing = Say why the comment should be published
appeal-button = Send the appeal
appeal-back = Back to the comment
appeal-link = Appeal
appeal-over-title = There can be no appeal on this comment now
appeal-made = You appealed
appeal-answer-publish = Accepted on your appeal
appeal-answer-decline = Your appeal was turned down
appeal-heading = Its author appeals
appeal-on = on the appeal
appeal-own-decision = You declined this comment. Somebody else must decide on the appeal.
appeal-statement-missing = Write the reasons to the author: an appeal is always answered in words of your own
moderation-state-appealed = Appealed
export-status-appealed = Appealed by the author

appeal-mail-how =
    If you think that this is wrong, you may appeal once. Somebody else then
    reads your comment again and answers with reasons. You have time until
    { $until }. Sign in and appeal here:

    { $appeal }
appeal-mail-published =
    Your appeal was heard. Somebody else has read your comment again.
appeal-mail-declined-subject = Your appeal on { $reference } is turned down
appeal-mail-declined =
    Somebody else has read your comment { $reference } on "{ $norm }" again, with your appeal: it stays declined.

    Reason: { $reason }

    Rule: { $rule }

    { $statement }

    This decision is final. You can read it among your comments:

    { $own }

name-removed = Name removed at the author's request
decider-gone = Somebody whose account is deleted

lookup-title = Look up a comment
lookup-lead = Enter the reference and the e-mail address of the account that sent it. We send where it stands by e-mail, to that address only.
lookup-email-hint = The address of your account here.
lookup-button = Send me where it stands
lookup-asked = Thank you
lookup-asked-text = If this reference and this address belong together, a letter with where it stands is on its way. If none comes within a few minutes, check both, and the folder for unwanted mail.
lookup-again = Look up another
lookup-parts = { $count ->
    [one] A submission with { $count } comment
   *[other] A submission with { $count } comments
}
lookup-mail-subject = Where { $reference } stands
lookup-mail-body =
    Hello { $name },

    somebody, probably you, asked where { $reference } stands:

    { $stands }

    You see all of it after signing in:

    { $link }

    If you did not ask, you need do nothing: nobody else was told.

    The Secretariat

contact-pages = What you can do here yourself

name-report-title = Somebody used my name
name-report-lead = If a comment here bears your name or your organisation's and you did not send it, tell the Secretariat.
name-report-references = Which comments?
name-report-references-hint = Their references, a line each, such as GCSC-N3-7K4Q-MW2R-9.
name-report-many = Name at most { $most } comments in one report; send another for the rest
name-report-bad-check = { $reference } has a typing error: a character is wrong, or two have changed places
name-report-name = Your name
name-report-email-hint = The Secretariat answers to this address.
name-report-text = What is wrong?
name-report-text-hint = What was done in your name, and how we can see that you are who you say.
name-report-text-missing = Say what is wrong
name-report-button = Send to the Secretariat
name-report-made = The Secretariat has your report
name-report-made-text = A letter that confirms it is on its way to the address you gave. The Secretariat looks at the comments and answers you.
name-report-too-many = The portal can't take more reports this hour. Nothing was sent: wait an hour, or copy your text into a letter to the address on the contact page
name-report-mail-subject = We have received your report
name-report-mail-body =
    Hello,

    we have received a report from this address that somebody's name was used
    in { $references }.

    The Secretariat looks at it and answers you. If you did not send it, you
    need do nothing.

    The Secretariat
name-report-no-comment = no such comment
name-report-note-hint = What was done and why. Seen by the Secretariat and its moderators only.
name-report-note-missing = Note what was done

data-rights-heading = Your data
data-title = Download my data
data-lead = Everything that this portal holds about you, as one file.
data-contents = A ZIP with what your account says, your comments with every revision and answer, your submissions, your drafts, the letters to you, and the files you sent along. Texts are in JSON, which any program can read; a README says what is what.
data-care = The file is not protected. Keep it where only you can open it.
data-download = Download my data (ZIP)
data-read-me =
    Everything that the Norm Portal holds about you, as of the moment you
    downloaded it. Texts are JSON in UTF-8; times are in UTC.

    account.json       what your account says, when you signed in, links that were
                       mailed to you, organisations you belong to, comments you
                       co-signed, reports you made about the use of your name
    comments.json      your comments: every revision with its SHA-256, what was
                       answered, the letters with decisions, your appeal, why you
                       withdrew, and words that were taken out for everybody else
    submissions.json   papers and tables you sent, with their comments
    drafts.json        what you began and did not send
    letters.json       the letters to your address: subject and times; their
                       text is not kept
    attachments.json   the files you sent along
    attachments/       their contents, in the same order

    Not in here: the hash of your password, the secrets of your second factor,
    of sessions and links,
    which are no use to anybody, the Secretariat's internal notes, and the
    audit log, which holds no personal data.

deletion-title = Delete my account
deletion-lead = This can't be undone.
deletion-goes = These go at once and for good: your name, your address, your password, your second factor, your sessions, your drafts, files you did not send, your place in organisations and your name under comments of others.
deletion-waiting = Comments that still wait, were returned to you or are appealed are withdrawn.
deletion-stays = What was sent stays with the Secretariat without your name, so that its decisions can be checked. A draft that a colleague changed last goes to that colleague.
deletion-data-first = Download my data first
deletion-accepted = { $count ->
    [one] { $count } comment of yours was accepted, for everybody or for the Commission alone.
   *[other] { $count } comments of yours were accepted, for everybody or for the Commission alone.
}
deletion-choice = What should become of comments that were accepted?
deletion-keep = Keep the text without my name
deletion-keep-hint = One written for an organisation shows the organisation; any other shows the stakeholder group and the country.
deletion-withdraw = Withdraw them all
deletion-withdraw-hint = They leave every page and every later export. Copies that others made can't be called back.
deletion-choice-missing = Choose what should become of accepted comments
deletion-understood-heading = Are you sure?
deletion-understood = I understand that my account is deleted for good
deletion-understood-missing = Tick the box if you want your account to be deleted
deletion-last = You are the last of the Secretariat. Invite somebody else first, or nobody can run the portal
deletion-keep-account = Keep my account
deletion-button = Delete my account
flash-account-deleted = Your account is deleted. A last letter is on its way to the address it had.
farewell-mail-subject = Your account is deleted
farewell-mail-body =
    Hello { $name },

    as you asked, your account at the Norm Portal is deleted, and this address
    with it: this is the last letter to it.

    If you did not ask for this, write to the Secretariat at once. You may
    register anew at any time:

    { $register }

    The Secretariat
