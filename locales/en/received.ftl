# Comments that came by letter, by e-mail or at a meeting, and are entered by staff.

received-title = Enter a comment that came another way
received-lead = For a comment that came by letter, by e-mail, at a meeting or by telephone. It waits in the same queue under the same rules, and is marked.
received-until = Comments count by the day they came. The consultation closes on { $closes }; what came by then may be entered until { $last }.
received-until-open = Comments count by the day they came.
received-how = How it came
received-channel = Channel
received-channel-missing = Choose the channel by which it came
received-on = Received on
received-on-hint = The day it reached the Commission, for example 2026-11-20.
received-on-missing = Say on which day it came
received-on-wrong = Enter a day that exists, as year, month and day: 2026-11-20
received-on-future = The day lies in the future
received-on-outside = A comment that came on this day is none of this consultation. { $why }
received-too-late = Comments that came in time could be entered until { $last }
received-event = Meeting, or number of the letter
received-event-hint = As you would look it up later.
received-whose = Whose it is
received-name = Name of the author
received-behalf = Whom do they speak for?
received-behalf-myself = For themselves
received-behalf-organisation = For the organisation above
received-email-hint = Only if it is known. Then the author gets a receipt and every letter that others get, and can get at the comment once they confirm the address.
received-no-address = Not known; no letter is sent
received-about = What it is about
received-norm-missing = Choose the text
received-kind-missing = Choose what the comment is about
received-continue = Go on to the comment
received-check-title = Check the comment
received-check-lead = Check that this is what the author wrote.
received-check-next = It waits in the queue. Somebody other than you decides whether it is accepted.
received-send = Enter the comment
received-used-title = This form was used
received-used-text = A comment was entered with this form before, with other content. Begin again.
received-own = You entered this comment for its author: somebody else decides whether it is published.
received-by = { $channel }, received { $date }
received-entered-by = Entered by
received-tag = { $channel }, entered
received-public = Received by { $channel } and entered by the Secretariat
received-mail-subject = Your comment { $reference } on { $norm }
received-mail-body =
    Hello { $name },

    your comment that the Commission received on { $received }
    ({ $channel }) is now in its consultation. The Secretariat entered it:

    { $text }
    What becomes public: { $publication }
    Reference: { $reference }
    SHA-256 of the text: { $sha256 }

    The Secretariat reads it before anything is published, and writes to
    you. To follow, correct or withdraw it, set a password for this address

        { $reset }

    and open

        { $own }

    If this is not your comment:

        { $report }

    The Secretariat
flash-received = The comment is entered and waits in the queue.
received-sheet = Did the table come another way?
received-sheet-enter = Enter these comments for their authors: they came by letter, by e-mail or at a meeting
received-sheet-columns = What the columns about author and arrival say of a row counts for that row; where one is empty, what you fill in here. A row that names its author takes no organisation and no address from here.
received-rows-subject = Your comments that the Commission received
received-rows-body =
    Hello { $name },

    comments of yours that the Commission received another way are now in
    its consultation. The Secretariat entered them from a table:

    { $text }
    What becomes public: { $publication }

    The Secretariat reads them before anything is published, and writes to
    you. To follow, correct or withdraw them, set a password for this address

        { $reset }

    and open the addresses above.

    If one of these is not your comment:

        { $report }

    The Secretariat
flash-received-sheet = The comments of the table are entered and wait in the queue.
received-sheet-link = The author sent a comment table: upload it and enter it for them
