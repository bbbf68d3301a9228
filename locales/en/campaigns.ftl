### Campaigns: letters that say the same or nearly the same.

campaigns-title = Campaigns
campaigns-link = Campaigns ({ $count })
campaigns-comments = { $count ->
    [one] { $count } comment,
   *[other] { $count } comments,
}
campaigns-texts = { $count ->
    [one] { $count } different text
   *[other] { $count } different texts
}
campaigns-rule = Comments on one text that say the same or nearly the same are put together as they arrive; from { $least } on they are listed here, the one with the newest comment first. Being alike is no reason to decline anything, and numbers don't decide: read what each adds.
campaigns-none = No campaign yet
campaigns-none-text = As soon as several comments are alike, they are shown here together.
campaigns-caption = Campaigns, the one with the newest comment first
campaigns-begins = How it begins
campaigns-column-comments = Comments
campaigns-column-texts = Different texts
campaigns-first = First received
campaigns-last = Last received

campaign-title = Campaign
campaign-small = Too few comments to be listed as a campaign.
campaign-lost = Somebody moved one of these texts meanwhile; nothing was changed
campaign-lost-text = Below is how they stand now. Choose again.
campaign-common = What the letters share
campaign-common-hint = The sentences that most of them have, as the letter has them that shares most with the others.
campaign-where-they-stand = Where they stand
campaign-counted = Of { $counted } of them.
campaign-from-where = Where they come from
campaign-by-group = Stakeholder groups
campaign-by-country = Countries
campaign-by-organisation = Organisations
campaign-not-said = None was named.
campaign-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
campaign-when = When they came
campaign-texts = What each adds
campaign-texts-hint = Every different text once, in the order in which it was first sent, with its own words against what the letters share.
campaign-caption = Different texts of this campaign
campaign-choose = Choose
campaign-choose-one = Choose the text of { $reference }
campaign-first-comment = First comment with it
campaign-adds = Its own words
campaign-adds-nothing = Adds nothing
campaign-leaves-out = Shared words it leaves out
campaign-same = Comments that say it
campaign-same-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
campaign-correct = Correct what belongs together
campaign-correct-hint = Texts move with all comments that say them. What is moved by hand stays where it is put, and later letters go where letters like them are.
campaign-take-out = Take the chosen ones out
campaign-split = Make the chosen ones a campaign of their own
campaign-reference = Reference of a comment that belongs to this campaign
campaign-reference-hint = Its text is put in, with all comments that say it.
campaign-whole = Put in all that it is together with: make both one campaign
campaign-put-in = Put in
campaign-nothing = Choose at least one text
campaign-all = Leave at least one text in the campaign
campaign-no-comment = There is no comment with this reference, or it came just now
campaign-in-it = This comment is in the campaign already
campaign-elsewhere = This comment is about another text, or of another kind
flash-campaign-taken-out = The chosen texts were taken out.
flash-campaign-split = The chosen texts are a campaign of their own now.
flash-campaign-put-in = The text was put in.

campaign-text-title = A text of a campaign
campaign-text-heading = { $count ->
    [one] { $count } comment says this
   *[other] { $count } comments say this
}
campaign-against = Against what the letters share
campaign-decide = Decide once
campaign-none-wait = No comment with this text and without a file waits for a decision.
campaign-wait = { $count ->
    [one] { $count } comment waits that says this to the letter and has no file.
   *[other] { $count } comments wait that say this to the letter and have no file.
}
campaign-wait-more = More wait behind them: decide in several steps.
campaign-decide-these = { $count ->
    [one] Decide on this comment
   *[other] Decide on these { $count } comments
}
campaign-decide-hint = Each gets a decision, an entry in the audit log and a letter of its own. Those that add something are decided by themselves.
campaign-who = Who says it, in the order in which it was sent

moderation-campaign = One of { $count } alike
