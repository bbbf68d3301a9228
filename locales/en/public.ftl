### Home, norm pages, the permalink of a comment, the pages about the portal.

## When comments are taken

public-window-closes = Comments are open and close on
public-window-open = Comments are open. No closing date has been set.
public-window-opens = Comments are not open yet. They open on
public-window-closed = Comments closed on

## Home

public-none-title = Nothing is open for comment
public-none-text = No consultation has been set up in this portal yet.
public-none-next = Come back later, or ask us when it begins.
public-home-kicker = Public consultation
public-home-lead = Here you read the Commission's texts word by word, suggest other words, propose how a norm can be put into practice, or comment on a whole text. The Secretariat reads every comment; what it accepts goes to the Commission.
public-home-choose = Choose a text
public-home-register = Register to comment
public-home-briefing = all texts on paper, to be handed out at a meeting.
public-home-norms = Norms
public-home-calls = Earlier calls
public-home-definition = Working definition
public-count = { $count ->
    [0] No published comments yet
    [one] { $count } published comment
   *[other] { $count } published comments
}
public-different = { $count ->
    [one] { $count } different proposal
   *[other] { $count } different proposals
}
public-count-wording = { $count } on wording
public-count-lever = { $count } on implementation
public-count-general = { $count } on the whole text
public-row-closes = closes { $date }
public-used-heading = How comments are used
public-used-send = You send a comment and get a reference, on the page and by e-mail.
public-used-read = A moderator of the Secretariat reads it. You can correct it until there is a decision or the consultation closes, and the moderator may return it to you with a request.
public-used-publish = If it is accepted, it appears here, on the page of its norm and under an address of its own, unless you choose that only the Commission reads it.
public-used-commission = The Secretariat passes the accepted comments on to the Commission, to inform its deliberations. Each goes with the exact words it is about.
public-hear-heading = When you will hear from us
public-hear-text = At once, with your reference; and again by e-mail when the Secretariat has decided about your comment, with the reason if it is returned or declined. How long that takes is not promised. No date has been set in this portal for the Commission's answer.
public-declined-summary = When a comment is declined
public-declined-text = Never for the view it takes. Only for one of these reasons:
public-vote-heading = This is not a vote
public-vote-text = Comments are read for what they say. The numbers on these pages tell how many comments were published; they do not tell how many people agree, and no text is decided by counting them. One comment with a precise wording and a reason helps more than many of the same.
public-timeline-heading = The Commission's timeline
public-timeline-text = As the Commission's own briefing gives it. Where a date is uncertain in the source, none is shown.
public-timeline-no-date = No certain date
public-begin-heading = Take part
public-begin-text = Reading needs no account. To comment you sign in, or register once with your e-mail address and say for whom you speak.

## Norm page

public-kicker-norm = Norm { $number }
public-kicker-call = Call
public-kicker-definition = Working definition
public-not-open = Comments can't be sent now
public-not-yet-next = You can read the text and the comments published so far. Come back when comments open.
public-closed-next = You can still read the text and every published comment.
public-text = Text, with numbered lines
public-suggest = Suggest wording
public-for-clause = for clause ({ $letter })
public-propose-lever = Propose how to implement it
public-comment-norm = Comment on the whole norm
public-comment-call = Comment on the whole call
public-comment-definition = Comment on the whole definition
public-version = Version
public-version-dated = { $label }, { $dated }
public-source = Source
public-context = What the Commission has said about it
public-wording = Comments on the wording
public-lever = Proposals on how to implement it
public-general = Comments on the whole text
public-wording-pages = Pages of comments on the wording
public-lever-pages = Pages of proposals on how to implement it
public-general-pages = Pages of comments on the whole text
public-wording-empty = No comments on the wording published yet
public-lever-empty = No proposals on how to implement it published yet
public-general-empty = No comments on the whole text published yet
public-be-first = Write the first
public-empty-closed = There is nothing to read here.
public-no-more = There are no more comments here

## A comment in a list and on its own page

public-by-alone = { $name }
public-by-for = { $name }, for { $organisation }
public-by-at = { $name }, at { $organisation }, speaking in a personal capacity
public-by-somebody-at = Somebody at { $organisation }, speaking in a personal capacity
public-by-group = Name not published ({ $group })
public-about-word = { $clause }, word { $word }
public-about-words = { $clause }, words { $first }-{ $last }
public-on = on { $about }
public-old-version = On version { $label }, not the present one
public-kept = Keeps these words and explains a concern:
public-too-long = The proposed wording is long. It is shown in full on the comment's own page.
public-read-more = Read the whole comment
public-comment = Comment
public-comment-title = Comment { $reference }
public-published = Published
public-in-clause = In its clause
public-change = The change
public-why = Why
public-concern = Concern
public-acceptable = Acceptable without this change
public-evidence = Evidence
public-lever-heading = The proposal
public-lever-actor = Who should act
public-lever-instrument = Instrument
public-lever-action = What they should do
public-lever-by-when = By when
public-lever-example = An existing example
public-lever-obstacles = What could stand in the way
public-lever-cost = What it would cost
public-facts = About this comment
public-reference = Reference
public-on-text = Text
public-received = Received
public-cite = Cite as
public-citation = { $by }: comment { $reference } on “{ $title }”, version { $version } ({ $dated }). Published { $published }. { $address }

## A change of words (templates/components/redline.html)

redline-deleted = deleted:
redline-inserted = inserted:
redline-replace = Replace “{ $from }” with “{ $to }”.
redline-delete = Delete “{ $words }”.
redline-insert-after = Insert “{ $words }” after “{ $after }”.
redline-insert-before = Insert “{ $words }” before “{ $before }”.
redline-insert = Insert “{ $words }”.
redline-heading = Redline
redline-clean = Clean text
redline-no-words = (these words are taken out)
redline-list = List of changes

## Contact

public-contact-title = Contact
public-contact-lead = Write to the Commission at
public-contact-what-heading = What helps us to answer
public-contact-comment = About a comment: its reference, such as GCSC-N3-7K4Q-MW2R-9.
public-contact-fault = About a page that failed: the request number it shows, and what you were doing.
public-contact-barrier = About a barrier: the page, and the browser and aids you use.
public-contact-data = About your data: write from the address of your account.
public-contact-never = We never ask for your password, by e-mail or otherwise.
public-contact-wording-heading = If you want to comment on a text
public-contact-wording = Begin on its own page: there your comment gets a reference and the exact words it is about.

## Privacy

public-privacy-title = Privacy
public-privacy-lead = What this portal stores, why, who sees it, and how to have it deleted. Reading needs no account. There is no tracking, no advertising and nothing loaded from other sites.
public-span-days = { $count } days
public-span-hours = { $count } hours
public-span-minutes = { $count } minutes
public-privacy-public-heading = What becomes public
public-privacy-public = Only comments that the Secretariat has accepted, and of each only what you choose when you send it:
public-privacy-named = The text, your name, your organisation if you gave one and whether you speak for it, your stakeholder group and your country if you gave one.
public-privacy-organisation = The same without your name. Where there is no organisation, the stakeholder group stands in its place.
public-privacy-commission = Nothing. The comment is passed on to the Commission with your name and organisation, and marked as confidential.
public-privacy-copies = Your e-mail address is never published and is in no export. What is public may be copied by others; we can't call those copies back.
public-privacy-stored-heading = What is stored, and why
public-privacy-account-name = Your account
public-privacy-account = E-mail address, name, stakeholder group, organisation and country if given, whether you speak for yourself or for the organisation, the language of our letters, a hash of your password (argon2id; never the password), your role, when you registered and when you confirmed your address. Needed to know who comments and to write to you.
public-privacy-session-name = Sessions
public-privacy-session = A digest of the session's secret, your account, when you signed in, when you were last seen, when you last entered your password in it, and the names of your browser and system.
public-privacy-links-name = Links in our letters
public-privacy-links = For confirming an address, another address, a new password and invitations of staff: a digest of the link, what it is for, whose it is, when it was made, when it ends and when it was used. A link that confirms a registration also holds the details and the hash of the password given with it; one for another address holds that address; an invitation the address, the name and the role it was made for.
public-privacy-comments-name = Comments
public-privacy-comments = What you wrote, with every earlier revision; the words it is about; its state and times; your appeal and why you withdrew, if you did; and your name, organisation, group, country and whom you speak for, as they were when you sent it. Changing your account later does not change them.
public-privacy-submissions-name = Position papers and comment tables
public-privacy-submissions = The title and the whole text of a paper, also the parts you left out; the name of a table's file; which comments were made of them. The whole is seen by you, your organisation and staff; what becomes public is each comment that is published.
public-privacy-drafts-name = Drafts
public-privacy-drafts = What you began and did not send, which your browser saves while you type if JavaScript is on. You alone can open it, and the members of your organisation if you share it; neither the Secretariat nor the Commission sees it on any page. It is deleted when you send it or throw it away.
public-privacy-files-name = Attached files
public-privacy-files = Each file as you sent it, its name, type, size and a digest. Files of a comment are public when the comment is; those of a paper or a table are never public. A file may hold more about you than you see in it, such as its author's name.
public-privacy-organisations-name = Organisations and co-signatures
public-privacy-organisations = Which organisation you founded, asked to join, belong to or left, and who decided. Members see each other's names and the comments sent for the organisation. A co-signature shows your name, group, country and organisation beside a public comment until you take it off.
public-privacy-decisions-name = Decisions
public-privacy-decisions = Who at the Secretariat decided what about a comment, when and why, what you were told, and a note for the Secretariat's own use.
public-privacy-mail-name = Letters
public-privacy-mail = The address and subject of each letter to you, its text until it is sent, when it was written and sent, and what the mail server said if it failed. Needed so that no letter is lost or sent twice.
public-privacy-exports-name = Exports
public-privacy-exports = Files of comments that the Secretariat makes for the Commission, with a record of who asked for which. A file for the Commission holds the names and organisations of all accepted comments, the confidential ones too; a public file holds only what these pages show.
public-privacy-audit-name = Audit log
public-privacy-audit = What was done in the portal, when, and by which account: internal numbers, references and codes only. It holds no name, no e-mail address and no text of a comment.
public-privacy-log-name = Server log
public-privacy-log = For each request its time, a random number, which kind of page was asked for, the outcome and how long it took; of signing in and out, wrong passwords and refusals also the number of the account, so that attacks on it can be seen. No name, no mail or network address, no exact address of a page, nothing you typed. The server in front of the portal may keep a log of its own; ask us.
public-privacy-who-heading = Who sees it
public-privacy-who = The Secretariat's moderators see the comments, their authors' details and the letters that failed. The Commission gets the accepted comments. Whoever runs the server can reach all that is stored. Nothing is sold or passed on to anybody else by this portal.
public-privacy-cookies-heading = Cookies
public-privacy-cookies = Five, all of this site alone, out of reach of scripts, gone when you close the browser.
public-privacy-cookie-session = Set when you sign in, so that we know it is you.
public-privacy-cookie-form = Set by a page with a form before you sign in, so that nobody else can send the form in your name.
public-privacy-cookie-flash = Set for one page, to say there what was just done.
public-privacy-time-heading = How long
public-privacy-reports-name = Reports
public-privacy-reports = When a name was used: the name, the address and the text of whoever reports, and the comments meant. When a reader reports a comment: what is wrong, their words, and their address if they leave one. With both, what the Secretariat did. Kept when an account is deleted: they are about others' comments.
public-privacy-received-name = Comments that came on paper
public-privacy-received = When a comment comes by letter, by e-mail or at a meeting, the Secretariat enters it: its author's name, group, organisation, country and address as far as they are known, how and when it came, who entered it, and a scan that nobody outside of the Secretariat but its author sees. With an address, its author hears of it and gets at it once they confirm the address.
public-privacy-senders-name = Network addresses
public-privacy-senders = When you send or report a comment, a hash of your network address under a random key that changes every day: enough to see for two days that many came from one place, and no use to find the place by. The address itself is not stored.
public-privacy-time = Each entry above says how long it is kept; the portal itself throws away every hour what is past its time. Files that were attached to nothing that was sent go as drafts do. Backups hold what was there when they were made, for as long as whoever runs the server keeps them.
privacy-kept-account = Kept until you delete your account.
privacy-kept-record = Kept with the record of the consultation.
privacy-kept-always = Kept for good.
privacy-kept-session = It ends when you sign out, after { $idle } without use, and after { $longest } at the latest; what is known of it is deleted then.
privacy-kept-after = Deleted { $span } after it was made, last changed or ended.
privacy-kept-letter = Address and subject are deleted { $span } after it left; a letter that was given up is deleted as a whole then.
privacy-kept-exports = Files are deleted after { $span }; that they were made stays known.
public-privacy-delete-heading = Having your data deleted or corrected
public-privacy-delete = You change what your account says on your account page, and withdraw a comment on the page of your comments: it then leaves the public pages. You download all that we hold about you, and delete your account with or without the text of your published comments, from your account page. If you can't sign in, write from the address of your account to
public-privacy-delete-audit = The audit log stays as it is: it holds no personal data, only an internal number that leads nowhere once the account is gone.

## Accessibility

public-access-title = Accessibility
public-access-lead = Everybody should be able to read the texts here and to comment on them. The aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2, on every page.
public-access-done-heading = What is done
public-access-script = Every page works without JavaScript; only passkeys need it, and there are codes in their place. Where it is on, small scripts of this site save what you type, offer to comment on words you select, and show your change while you type it.
public-access-keyboard = Everything can be reached and used by keyboard, the place of the focus is always visible, and a link at the top leads past the navigation.
public-access-contrast = Colours are chosen for contrast in a light and a dark form, follow the setting of your device, and are never the only sign.
public-access-redline = In a change of words, inserted and deleted words are announced as such to screen readers. On its own page each change is also shown as clean text and as a list in words.
public-access-forms = A form that was not understood comes back with everything you wrote, apart from passwords. A summary at the top leads to each field. Nothing asks you to solve a puzzle.
public-access-zoom = Pages reflow on narrow screens and when enlarged.
public-access-print = Public pages can be printed; insertions are then underlined and deletions struck through.
public-access-checked-heading = How it was checked
public-access-checked = With the axe rules in an automated browser. Such a check finds only a part of the barriers there are. The portal has not been audited by an independent body.
public-access-limits-heading = Known limits
public-access-limit-language = The interface is in English only.
public-access-limit-tables = Wide tables of the Secretariat's pages scroll sideways on narrow screens.
public-access-report-heading = If something stands in your way
public-access-report = Tell us the page and what happened, and in what form you need its content:
