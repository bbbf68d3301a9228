### Drafts, and what the scripts of the composers say.

draft-save = Save as draft
flash-draft-saved = Saved. You find it under My comments.
flash-draft-discarded = The draft is thrown away.
flash-draft-shared = The draft is shared.
flash-draft-unshared = The draft is yours alone again.
draft-saved-at = Draft saved at { $time } UTC
draft-not-yet = Not saved yet; we keep trying
draft-not-kept = Not saved. Your words stay on this page
draft-signed-out = You are signed out: sign in in another tab, then go on here; your words stay on this page

draft-present = { $name } has had this draft open since { $time }
draft-present-next = You can change it too. If both of you save, nothing is lost: whoever comes second sees both texts.
draft-shared-with = This draft is shared with { $organisation }: everyone in it can open, change and send it.
draft-text-changed = The text changed since you began this draft
draft-text-changed-next = What you wrote is kept. Read what changed and see whether it still holds.
draft-text-changes = What changed in the text

drafts-heading = Drafts
drafts-sent-heading = Sent
drafts-caption = Begun and not sent, last changed first
drafts-title = First words
drafts-untitled = Nothing written yet
drafts-until = Kept until
drafts-more = More
drafts-discard = Discard
drafts-share = Sharing
drafts-shared = Shared with { $organisation }
drafts-by = by { $name }
draft-of-comment = Comment
draft-of-correction = Correction
draft-of-paper = Position paper
draft-of-table = Comment table

draft-discard-title = Throw this draft away?
draft-discard-text = It can't be brought back.
draft-discard-shared = It is gone for everyone it is shared with, too.
draft-discard-button = Throw it away
draft-discard-keep = Keep it

draft-share-title = Sharing a draft
draft-share-text = Everyone in { $organisation } can then open this draft, change it and send it. Whoever sends it is the author of the comment. You can stop sharing it at any time.
draft-share-on = This draft is shared with your organisation: everyone in it can open, change and send it.
draft-share-none = A draft can be shared with the members of an organisation. You are not a member of one here.
draft-share-button = Share with { $organisation }
draft-share-stop = Stop sharing
draft-share-back = Back to the draft

drafts-conflict-title = Somebody was quicker: there are two versions now
drafts-conflict-not-sent = Not sent: the draft was changed meanwhile
drafts-conflict-other = { $name } changed this draft on { $time }, after you had opened it.
drafts-conflict-own = You changed this draft yourself on { $time }, on another page.
drafts-conflict-kept = Your version is kept as a draft of its own. Both are under My comments.
drafts-conflict-not-kept = Your version is not stored, because you have as many drafts as one may have. Copy it from here.
drafts-conflict-open-theirs = Open the stored version
drafts-conflict-open-yours = Open your version
drafts-conflict-theirs = As stored
drafts-conflict-yours = As you typed it
drafts-conflict-between = From the stored version to yours
drafts-sent-title = This draft was sent meanwhile
drafts-sent-text = { $name } sent it as { $reference }. What you typed now was not sent.
drafts-too-many-title = You have too many drafts
drafts-too-many-text = You have 200 drafts, as many as one may have. Throw some away under My comments, then save again.
drafts-too-large-title = This is too much for a draft
drafts-too-large-text = A draft holds up to one megabyte. Nothing was stored.
drafts-not-theirs-title = This draft is not yours
drafts-not-theirs-text = It is not shared with you any more, or never was. What you typed was not stored.

live-redline = Your change
select-one = Suggest wording for this word
select-many = Suggest wording for these { $count } words
