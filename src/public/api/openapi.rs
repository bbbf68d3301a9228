//! The description of the API: `OpenAPI` 3.1, with the lists and texts of this portal as the values that can be asked for.

use actix_web::web;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{JSON, comment, comments, consultation, model, norms};
use crate::epochs::Scope;
use crate::norms::store;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::public::{annotations, answer};
use crate::web::problem::{MEDIA_TYPE as PROBLEM, Problem};
use crate::web::{Ctx, Page, PageError};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Norm Portal: the public record",
        version = "1",
        description = "What everyone may read of the consultation, as data: texts, wordings, published comments. \
            Everything is read-only and needs no key. Nothing here says more than the pages of the portal. \
            A parameter that an address does not know is ignored; one with a value that it can't have is answered with \
            400 and named. Lists are pages: follow `next` until it is null. Every answer has an ETag; ask with \
            If-None-Match and get 304 while nothing changed. Problems are RFC 9457 problem details.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This portal")),
    tags(
        (name = "texts", description = "What is commented on."),
        (name = "comments", description = "What was said."),
    ),
    paths(
        consultation::index,
        consultation::consultation,
        consultation::vocabulary,
        norms::list,
        norms::norm,
        norms::versions,
        norms::version,
        comments::list,
        comments::comment,
        annotations::pages::list,
        annotations::pages::context,
        annotations::pages::permalink,
        document,
    ),
    components(schemas(Problem, model::Counts, comment::PublicComment)),
)]
struct Described;

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "texts", operation_id = "openapi",
    responses((status = 200, description = "An OpenAPI 3.1 document.", body = Object)))]
pub async fn document(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Site, async {
        let norms = ctx.site().db().read(store::norms).await?;
        let slugs: Vec<Value> = norms.into_iter().map(|norm| norm.slug.into()).collect();
        let mut all = serde_json::to_value(Described::openapi()).map_err(|_| PageError::Fault)?;
        let choices = choices(slugs, &vocabulary);
        for (path, operations) in all.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten() {
            for operation in operations.as_object_mut().into_iter().flat_map(Map::values_mut) {
                name_choices(operation, &choices);
                add_responses(path, operation);
            }
        }
        answer::json(JSON, &all)
    })
    .await
}

/// The values that a parameter can have, where they are a closed list.
fn choices(slugs: Vec<Value>, vocabulary: &Vocabulary) -> Map<String, Value> {
    let codes = |list: &List| -> Value { list.items().iter().map(|item| Value::from(item.code.as_str())).collect() };
    let mut countries: Vec<&str> = rust_iso3166::ALL_ALPHA2.to_vec();
    countries.sort_unstable();
    let mut all = Map::new();
    for (name, values) in [
        ("norm", slugs.into()),
        ("kind", json!(["wording", "lever", "general"])),
        ("group", codes(&vocabulary.groups)),
        ("country", countries.into()),
        ("concern", codes(&vocabulary.concerns)),
        ("actor", codes(&vocabulary.actors)),
        ("instrument", codes(&vocabulary.instruments)),
    ] {
        all.insert(name.to_owned(), values);
    }
    all
}

/// Says in the schema of each query parameter which values it can have, and that it can't be null: an address holds text.
fn name_choices(operation: &mut Value, choices: &Map<String, Value>) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let values = parameter.get("name").and_then(Value::as_str).and_then(|name| choices.get(name)).cloned();
        let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) else { continue };
        if let Some(first) = schema.get("type").and_then(Value::as_array).and_then(|types| types.first()).cloned() {
            schema.insert("type".to_owned(), first);
        }
        if let Some(values) = values {
            schema.insert("enum".to_owned(), values);
        }
    }
}

/// What every address may answer besides, and the headers that come with an answer.
fn add_responses(path: &str, operation: &mut Value) {
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    if let Some(found) = responses.get_mut("200").and_then(Value::as_object_mut) {
        let tag = json!({
            "description": "The tag of this answer, for If-None-Match.",
            "schema": { "type": "string" },
        });
        let link = json!({
            "description": "The next page, if there is one (RFC 8288, rel=\"next\").",
            "schema": { "type": "string" },
        });
        let is_list = matches!(path, "/api/v1/comments" | "/api/v1/annotations");
        let headers = if is_list { json!({ "ETag": tag, "Link": link }) } else { json!({ "ETag": tag }) };
        found.insert("headers".into(), headers);
    }
    let problem = |description: &str| {
        let schema = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        // A browser that asks for the permalink of nothing gets a page.
        let content = match path {
            "/comments/{reference}" => json!({ PROBLEM: schema, "text/html": { "schema": { "type": "string" } } }),
            _ => json!({ PROBLEM: schema }),
        };
        json!({ "description": description, "content": content })
    };
    responses.insert("304".into(), json!({ "description": "Nothing changed since the answer with that ETag." }));
    responses.insert("400".into(), problem("A parameter has a value that it can't have, or the address is no text."));
    responses.insert("404".into(), problem("There is nothing public at this address."));
    responses.insert("405".into(), problem("This address is only read."));
    responses.insert("500".into(), problem("A fault of the portal's."));
    responses.insert("503".into(), problem("The portal is too busy; try again later."));
    if path.ends_with("{reference}") {
        responses.insert("410".into(), problem("The comment was public, and its author took it back."));
    }
    if path == "/comments/{reference}" {
        let redirect = json!({ "description": "The same comment at the address in its usual form." });
        responses.insert("303".into(), redirect);
    }
}
