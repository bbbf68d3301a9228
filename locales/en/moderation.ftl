### The queue, decisions, letters to authors, letters that failed.

moderation-queue-title = Queue
moderation-queue-caption = Comments: urgent ones first, then in the order in which they arrived
moderation-tabs = Comments by state
moderation-tab = { $state } ({ $count })
moderation-many = more than 1,000
moderation-filter = Filter
moderation-filter-any = All
moderation-filter-clear = Show all
moderation-empty = No comments here
moderation-empty-filtered = No comment fits the filter. Choose other values, or show all.
moderation-empty-pending = Every comment has been decided. New ones appear here as soon as they are sent.
moderation-empty-other = No comment is in this state.
moderation-reference = Reference
moderation-norm = Norm
moderation-norm-and-words = Norm and words
moderation-kind = Kind
moderation-gist = What is proposed
moderation-group = Stakeholder group
moderation-publication = Publication
moderation-received = Received
moderation-state = State
moderation-state-pending = Waiting
moderation-state-returned = Returned
moderation-state-published = Accepted
moderation-state-declined = Declined
moderation-state-withdrawn = Withdrawn
moderation-lever = { $actor }: { $instrument }

moderation-revision = Revision { $revision }
moderation-unseen = Characters that can't be seen
moderation-unseen-text = The comment or its author's name holds characters that are invisible or turn the direction of the text: { $characters }. Check that it reads as it looks.
moderation-in-context = The change in its clause
moderation-kept = The author wants to keep these words, and explains a concern.
moderation-says = What the comment says
moderation-words = Words
moderation-change = Change
moderation-proposed = Proposed wording
moderation-concern = Concern
moderation-rationale = Why
moderation-acceptable = Acceptable without this change
moderation-acceptable-yes = Yes
moderation-acceptable-no = No
moderation-acceptable-unsure = Not sure
moderation-comment = Comment
moderation-evidence = Evidence
moderation-actor = Who should act
moderation-instrument = Kind of instrument
moderation-action = What they should do
moderation-by-when = By when
moderation-example = Existing example
moderation-obstacles = What could stand in the way
moderation-cost = What it would cost
moderation-earlier = Earlier revisions
moderation-earlier-one = Revision { $revision }, sent { $time }: what the next one changed
moderation-earlier-same = The next revision changed nothing in the text.
moderation-author = Author
moderation-name = Name
moderation-organisation = Organisation
moderation-behalf = Speaks for
moderation-behalf-myself = Themselves
moderation-behalf-member = Confirmed member of { $name } (name confirmed by the Secretariat)
moderation-behalf-member-at = Confirmed member of { $name } (addresses at { $domain })
moderation-behalf-unconfirmed = Member of { $name }, whose name nobody has confirmed
moderation-behalf-says = Says they speak for { $name } (not confirmed)
moderation-supporters = Co-signed
moderation-supporters-count = { $count ->
    [0] By no one yet
    [one] By { $count } person or organisation
   *[other] By { $count } people and organisations
}
moderation-country = Country
moderation-history = All comments of this author

moderation-decisions = Decisions so far
moderation-decision = Decision
moderation-done-publish = Accepted
moderation-done-return = Returned to its author
moderation-done-decline = Declined
moderation-not-pending = This comment does not wait for a decision.
moderation-own = This is your own comment. Somebody else must decide whether it is published.
moderation-outcome = What do you decide?
moderation-publish = Publish
moderation-publish-hint = Everyone can read it at once. The author gets the address.
moderation-accept = Accept for the Commission
moderation-accept-hint = It stays unpublished, as its author chose. The author is told.
moderation-return = Return to its author
moderation-return-hint = The author gets your statement as a request and can correct the comment.
moderation-decline = Decline
moderation-decline-hint = The author gets the reason, the rule and your statement.
moderation-outcome-missing = Choose what you decide
moderation-reason = Reason
moderation-reason-hint = For a comment that is declined only.
moderation-reason-missing = Choose the reason why the comment is declined
moderation-statement = Statement to the author
moderation-statement-hint = Sent to the author as it stands. If a comment is returned: what you ask for. If it is declined and you leave this empty, the text for the reason, below, is sent.
moderation-statement-missing = Write what you ask of the author
moderation-statement-long = The statement has { $length } characters; the most is { $most }
moderation-note = Internal note
moderation-note-hint = Seen by the Secretariat and its moderators only.
moderation-note-long = The internal note has { $length } characters; the most is { $most }
moderation-decide = Decide
moderation-templates = Texts for each reason
moderation-templates-hint = Copy one into the statement to change it before it is sent.
moderation-fill-in = Fill in the text for the chosen reason
moderation-untranslated = The author reads { $language }; texts that were not translated are in English.
moderation-answer-by = Answer asked by
moderation-answer-by-hint = For a comment that is returned only. The author is told; nothing happens by itself when the day is over.
moderation-answer-by-wrong = Name a day after today, at most a year ahead, by which an answer is asked
flash-moderation-published = The last comment was accepted. Its author will be told.
flash-moderation-returned = The last comment was returned to its author.
flash-moderation-declined = The last comment was declined. Its author will be told.

moderation-conflict-decided = Decided by { $name } at { $time } UTC; yours was not saved
moderation-conflict-changed = The comment changed meanwhile; your decision was not saved
moderation-conflict-changed-text = Its author corrected it or took it back after you opened it, or a decision on it was undone. Read it as it stands now.
moderation-conflict-first = The decision that stands
moderation-by = Decided by
moderation-when = Decided at
moderation-conflict-yours = What you had written
moderation-conflict-copy = It was not saved and not sent. Copy what you still need.
moderation-conflict-comment = See the comment
moderation-conflict-queue = Back to the queue

moderation-mail-title = Mail
moderation-mail-lead = Letters that could not be delivered. The portal tries each one twelve times before it gives up.
moderation-mail-queued = Waiting to be sent
moderation-mail-dead = Given up
moderation-mail-empty = Nothing has failed
moderation-mail-empty-text = Every letter was delivered, or waits for its first try.
moderation-mail-caption = Letters that failed at least once: those given up first, at most a hundred
moderation-mail-to = To
moderation-mail-subject = Subject
moderation-mail-written = Written
moderation-mail-tries = Tries
moderation-mail-error = Last failure
moderation-mail-next = Next try
moderation-mail-given-up = Given up
moderation-mail-retry = Send again
flash-moderation-mail-revived = The letter will be sent again.
flash-moderation-mail-not-dead = No letter was given up under this address; nothing was changed. It may have been sent again already.

moderation-mail-published-subject = Your comment { $reference } is published
moderation-mail-published =
    Your comment { $reference } on "{ $norm }" has been accepted and is now public:

    { $permalink }
moderation-mail-accepted-subject = Your comment { $reference } is accepted
moderation-mail-accepted =
    Your comment { $reference } on "{ $norm }" has been accepted for the Commission. As you chose, it is not published.

    You find it among your comments:

    { $own }
moderation-mail-returned-subject = Your comment { $reference } needs your answer
moderation-mail-returned =
    The Secretariat has read your comment { $reference } on "{ $norm }" and returns it to you with this request:

    { $statement }

    Correct the comment here, or take it back:

    { $own }

    Until you correct it, it is not published and not passed on.
moderation-mail-answer-by =
    Please answer by { $answer_by }. If you need longer, write to us; nothing happens by itself on that day.
moderation-mail-declined-subject = Your comment { $reference } is declined
moderation-mail-declined =
    The Secretariat has decided on your comment { $reference } on "{ $norm }": it is declined.

    Reason: { $reason }

    Rule: { $rule }

    What the decision rests on:

    { $statement }

    You can read the decision among your comments:

    { $own }
moderation-mail-statement =
    The Secretariat adds:

    { $statement }
moderation-mail-signed =
    The Secretariat
    Norm Portal
