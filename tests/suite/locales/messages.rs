//! The Fluent messages of a language: which there are, and which variables each needs.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::house::sources::{Source, files};

/// A message.
pub struct Message {
    /// Where it stands.
    pub file: String,
    /// Its variables, those of messages it refers to as well, without `$`.
    pub variables: BTreeSet<String>,
}

/// What was found in the files of one language.
#[derive(Default)]
pub struct Messages {
    /// By id.
    pub all: BTreeMap<String, Message>,
    /// What can't be read, or is there twice.
    pub faults: Vec<String>,
    references: BTreeMap<String, BTreeSet<String>>,
}

/// Every language, by its folder.
pub fn languages() -> BTreeMap<String, Messages> {
    let mut found: BTreeMap<String, Messages> = BTreeMap::new();
    for source in files("locales", &[".ftl"]) {
        let language = source.path.split('/').nth(1).unwrap_or_default().to_owned();
        found.entry(language).or_default().add(&source);
    }
    found.values_mut().for_each(Messages::follow_references);
    found
}

impl Messages {
    /// Adds what one file holds.
    pub fn add(&mut self, source: &Source) {
        let resource = match parser::parse(source.text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                self.faults.extend(errors.iter().map(|error| format!("{}: {error}", source.path)));
                resource
            }
        };
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name.to_owned();
                    let mut seen = Seen::default();
                    match &message.value {
                        Some(pattern) => seen.pattern(pattern),
                        None => self.faults.push(format!("{}: {id} has no text", source.path)),
                    }
                    self.put(source, id, seen);
                }
                Entry::Junk { content } => self.faults.push(format!("{}: can't be read: {content}", source.path)),
                Entry::Term(term) => {
                    self.faults.push(format!("{}: -{} is a term; none is used here", source.path, term.id.name));
                }
                _ => {}
            }
        }
    }

    fn put(&mut self, source: &Source, id: String, seen: Seen) {
        self.references.insert(id.clone(), seen.messages);
        let message = Message { file: source.path.clone(), variables: seen.variables };
        if let Some(first) = self.all.insert(id.clone(), message) {
            self.faults.push(format!("{}: {id} is in {} already", source.path, first.file));
        }
    }

    fn follow_references(&mut self) {
        for (id, referred) in &self.references {
            for other in referred {
                let Some(variables) = self.all.get(other).map(|message| message.variables.clone()) else {
                    self.faults.push(format!("{id} refers to {other}, which is not there"));
                    continue;
                };
                if let Some(message) = self.all.get_mut(id) {
                    message.variables.extend(variables);
                }
            }
        }
    }
}

#[derive(Default)]
struct Seen {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
}

impl Seen {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.inline(argument));
            }
            _ => {}
        }
    }
}
