### Figures of the desk, the public page of transparency, the daily digest and alerts.

figures-title = Figures
figures-lead = How the desk stands. A day is counted when it is over; today is counted as it is now. Days are UTC.
figures-norm = Text
figures-norm-all = All texts
figures-stretch = Time
figures-stretch-7 = The last 7 days
figures-stretch-30 = The last 30 days
figures-stretch-90 = The last 90 days
figures-stretch-all = From the beginning
figures-show = Show
figures-what = What
figures-number = Number
figures-waiting = What waits now
figures-waiting-new = New comments
figures-waiting-appeals = Appeals
figures-oldest = Oldest
figures-median-age = Half are older than
figures-arrivals = Arrivals by day
figures-arrivals-week = Arrivals by week
figures-received = { $count ->
    [one] { $count } comment arrived in this time.
   *[other] { $count } comments arrived in this time.
}
figures-by-outcome = Decisions
figures-by-reason = Reasons for declining
figures-outcome-publish = Accepted
figures-outcome-return = Returned to the author
figures-outcome-decline = Declined
figures-none = Nothing was decided in this time.
figures-times = Time to a decision
figures-half = Half were decided within
figures-ninth = Nine of ten were decided within
figures-within-hour = an hour
figures-rest = Appeals, withdrawals and letters
figures-withdrawn = Comments withdrawn
figures-appealed = Appeals made
figures-answered = Appeals decided
figures-overturned = Decisions overturned by an appeal
figures-redactions-appealed = Appeals against redactions made
figures-redactions-answered = Appeals against redactions decided
figures-redactions-lifted = Redactions lifted by an appeal
figures-deciders = Decisions by person
figures-deciders-note = Only the Secretariat sees this table. Numbers say nothing about the difficulty of what somebody decided.
span-days = { $count } days
span-hours = { $count } hours
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

digest-title = Daily digest
digest-text = Once a day a letter says what waits at the desk, for how long, and what was decided.
digest-wanted = Send me the daily digest
digest-save = Save
flash-digest-on = You get the daily digest.
flash-digest-off = You no longer get the daily digest.
digest-mail-nothing = nothing waits
digest-mail-line = { $what }: { $count }, the oldest { $age }
digest-mail-decided = { $what }: { $count }
digest-mail-subject = Norm Portal: comments that wait: { $count }
digest-mail-body =
    Hello { $name },

    new comments that wait: { $count }
    The oldest has waited: { $oldest }
    Appeals: { $appeals }
    Reports of names: { $reports }

    By text:
    { $norms }

    On { $day } (UTC) { $received } comments arrived. Decided:
    { $decided }

    The queue: { $queue }

    Head of the audit log. Keep this letter: with it
    "norm-portal verify-audit --head" finds a log that was rewritten.
    { $head }

    If you do not want this letter, say so in your account: { $account }

    Norm Portal
alert-title = The queue needs attention
alert-waiting = { $limit } comments or more wait for a decision.
alert-age = At least one comment has waited for { $limit } hours or longer.
alert-mail-subject = Norm Portal: the queue needs you
alert-mail-body =
    Hello { $name },

    { $what }

    This letter is sent once; the next one follows when the queue was below
    the threshold in between.

    The queue: { $queue }

    Norm Portal

transparency-title = What becomes of comments
transparency-lead = How many comments the Secretariat received, what it decided, for which reasons, and how long that took.
transparency-published-heading = What is published
transparency-unique = { $count ->
    [one] They say { $count } different thing.
   *[other] They say { $count } different things: comments that say the same about the same words are counted once.
}
transparency-overview = By text, group, region and day: the overview
transparency-done-heading = What the Secretariat did
transparency-empty = There is nothing to show yet
transparency-empty-text = The first figures appear here on the day after the first comment.
transparency-until = Everything until the end of { $date } (UTC).
transparency-steps = Some comments are confidential, so these numbers are shown in steps of { $step }: nobody can be recognised by them.
transparency-done = Comments and decisions
transparency-received = Comments received
transparency-redacted = Comments with words redacted
transparency-withdrawn = Withdrawn by their authors
transparency-appeals = Appeals against a decision
transparency-overturned = Decisions overturned by an appeal
transparency-redaction-appeals = Appeals against a redaction
transparency-redactions-lifted = Redactions lifted by an appeal
transparency-few = fewer than { $step }
transparency-least = at least { $count }
transparency-days = { $count ->
    [one] Half of all decisions were taken within a day.
   *[other] Half of all decisions were taken within { $count } days.
}
transparency-days-few = How long a decision takes is shown once { $step } were taken.
transparency-reason = Reason
transparency-never = No comment is declined for the view that it takes.
