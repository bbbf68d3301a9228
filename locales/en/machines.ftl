# What programs read: feeds, the API, the heads of pages.

feed-title = { $consultation }: published comments
feed-title-norm = { $title }: published comments
feed-announcements = { $consultation }: announcements
feed-entry = { $kind }: { $about } ({ $reference })
feed-link = Published comments
feed-link-norm = Published comments on this text
card-alt = Norm Portal. Comment on the norms, word by word.

api-wrong-parameter = A parameter has a value that it can't have
api-wrong-q = “q” can have at most { $most } characters. Ask for fewer words.
api-wrong-norm = “norm” is not the slug of a text. The slugs are at /api/v1/norms.
api-wrong-value = “{ $parameter }” has a value that no comment can have. The values are in /api/openapi.json, with what they mean at /api/v1/vocabulary.
api-wrong-cursor = “cursor” is not of a form that this portal makes. Take it from “next” of the page before, or leave it out.
api-wrong-limit = “limit” is a whole number from 1 to { $most }.
