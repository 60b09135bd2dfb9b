//! What is given for the arguments of an endpoint: the smallest value of its schema, nothing where none is required.

use serde_json::{Map, Value, json};

use super::super::inputs::{all_properties, chosen};
use super::super::names::raw;
use super::super::operations::{ArgTy, Argument, Endpoint, Source, is_credential, is_idempotency_key};
use super::super::types::Ty;
use super::code::Code;
use super::values::{Values, loosened};
use crate::model::{Operation, Parameter, Place, Style, is_json};
use crate::schema::Node;
use crate::schema::sample::{Direction, minimal};

/// A file that each package has.
const FILE: &str = "declarest::File::new(\"Cargo.toml\")";
/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// Names of the function that the arguments stand in.
const TAKEN: [&str; 2] = ["api", "calls"];

/// The arguments of a call, and what stands before it.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    /// `let body = …;`
    pub(super) lets: Vec<(String, Code)>,
    pub(super) given: Vec<Code>,
    /// Options of the call, such as `.auth(…)`.
    pub(super) options: Vec<String>,
}

impl Values<'_, '_, '_> {
    /// The arguments of one call of an endpoint; the reason if the document asks for what cannot be given.
    pub(super) fn arguments(
        &mut self,
        endpoint: &Endpoint,
        operation: &Operation<'_>,
    ) -> Result<Arguments, String> {
        missing(endpoint, operation)?;
        let mut all = Arguments::default();
        for argument in &endpoint.arguments {
            let code = self.argument(endpoint, operation, argument)?;
            match code {
                Given::Plain(code) => all.given.push(code),
                Given::Lent(code) if is_small(&code) => {
                    all.given.push(Code::plain(format!("&{}", code.line())));
                }
                Given::Lent(code) => {
                    let plain = raw(&argument.name);
                    let name = if TAKEN.contains(&plain.as_str()) { format!("{plain}_value") } else { plain };
                    all.given.push(Code::plain(format!("&{name}")));
                    all.lets.push((name, code));
                }
            }
        }
        Ok(all)
    }

    fn argument(
        &mut self,
        endpoint: &Endpoint,
        operation: &Operation<'_>,
        argument: &Argument,
    ) -> Result<Given, String> {
        if let Some(nothing) = nothing(argument) {
            return Ok(Given::Plain(Code::plain(nothing)));
        }
        let unfit = |value: &Value| {
            format!("`{}` cannot hold what the schema asks for, such as {}", argument.name, short(value))
        };
        let value = match &argument.ty {
            ArgTy::Fixed(_) => return Ok(Given::Plain(Code::plain(FILE))),
            ArgTy::Several(_) => return Ok(Given::Plain(Code::plain(format!("vec![{FILE}]")))),
            ArgTy::Lent(_) | ArgTy::Given(_) => self
                .sample(endpoint, operation, argument)
                .ok_or_else(|| format!("the schema of `{}` gives no value", argument.name))?,
        };
        self.given(argument, &value).ok_or_else(|| unfit(&value))
    }

    fn given(&mut self, argument: &Argument, value: &Value) -> Option<Given> {
        let loose = |ty: &Ty| match argument.source {
            Source::Params | Source::Content => value.clone(),
            _ => loosened(ty, value),
        };
        Some(match &argument.ty {
            ArgTy::Given(ty) => {
                let ty = ty.without_null().0;
                let code = self.owned(ty, &loose(ty), None)?;
                Given::Plain(if argument.optional { Code::wrap("Some(", code) } else { code })
            }
            ArgTy::Lent(ty) => match ty.without_null().0 {
                Ty::Text => Given::Plain(Code::plain(format!("{:?}", loose(&Ty::Text).as_str()?))),
                ty @ Ty::List(inner) => {
                    let value = loose(ty);
                    let items = value.as_array()?.iter().map(|item| match **inner {
                        Ty::Text => Some(Code::plain(format!("{:?}", item.as_str()?))),
                        _ => self.owned(inner, item, None),
                    });
                    Given::Plain(Code::List("&[".to_owned(), items.collect::<Option<_>>()?))
                }
                plain @ (Ty::Bool | Ty::Int(_) | Ty::Float) => Given::Plain(self.owned(plain, value, None)?),
                other => Given::Lent(self.owned(other, value, None)?),
            },
            ArgTy::Fixed(_) | ArgTy::Several(_) => return None,
        })
    }

    /// The smallest value that the document allows.
    fn sample(&self, endpoint: &Endpoint, operation: &Operation<'_>, argument: &Argument) -> Option<Value> {
        match &argument.source {
            Source::Path(name) => match parameter(operation, Place::Path, name) {
                Some(parameter) => self.of_parameter(parameter),
                None => Some(json!("text")),
            },
            Source::Query(name) => self.of_parameter(parameter(operation, Place::Query, name)?),
            Source::Header(name) => self.of_parameter(parameter(operation, Place::Header, name)?),
            Source::Cookie(name) => self.of_parameter(parameter(operation, Place::Cookie, name)?),
            Source::Params => {
                let others = required(operation, Place::Query).filter(|parameter| !has(endpoint, parameter));
                let pair = |parameter: &Parameter<'_>| {
                    Some((parameter.name.to_owned(), self.of_parameter(parameter)?))
                };
                Some(Value::Object(others.map(pair).collect::<Option<Map<_, _>>>()?))
            }
            Source::Content => {
                let content = chosen(operation.body.as_ref()?)?;
                let value = match &content.schema {
                    None => Some(json!({})),
                    Some(node) if content.essence() == FORM => self.form(node),
                    Some(node) => self.minimal(node),
                };
                // Texts that are not JSON, such as XML, are not described by a schema of members.
                let is_text = matches!(argument.ty, ArgTy::Lent(Ty::Text)) && !is_json(content.media);
                value.filter(|value| !is_text || value.is_string()).or_else(|| is_text.then(|| json!("text")))
            }
            Source::Part(name) => {
                let content = chosen(operation.body.as_ref()?)?;
                let schema = content.schema.as_ref()?.read(self.printer.types.document);
                let parts = all_properties(self.printer.types, &schema);
                let (_, node, _) = parts.into_iter().find(|(other, ..)| other == name)?;
                self.filled(&node)
            }
        }
    }

    /// The members of a form, which would not be sent if they were empty lists.
    fn form(&self, node: &Node<'_>) -> Option<Value> {
        let mut value = self.minimal(node)?;
        for (name, node) in node.read(self.printer.types.document).properties {
            if let Some(member) = value.get_mut(name) {
                *member = self.filled(&node)?;
            }
        }
        Some(value)
    }

    fn of_parameter(&self, parameter: &Parameter<'_>) -> Option<Value> {
        let value = self.filled(&parameter.schema)?;
        Some(if parameter.style == Style::Content { Value::String(value.to_string()) } else { value })
    }

    /// The smallest value that is not an empty list: one that is written by its items would leave its name out.
    fn filled(&self, node: &Node<'_>) -> Option<Value> {
        match (self.minimal(node)?, node.read(self.printer.types.document).items) {
            (Value::Array(items), Some(item)) if items.is_empty() => {
                Some(Value::Array(vec![self.minimal(&item)?]))
            }
            (value, _) => Some(value),
        }
    }

    fn minimal(&self, node: &Node<'_>) -> Option<Value> {
        minimal(self.printer.types.document, node, Direction::Request)
    }
}

/// An expression as an argument.
enum Given {
    Plain(Code),
    /// Behind a reference.
    Lent(Code),
}

/// Whether a value may stand among the arguments.
fn is_small(code: &Code) -> bool {
    match code {
        Code::Plain(text) => text.len() <= 50,
        Code::Wrap(_, inner) => is_small(inner) && code.line().len() <= 50,
        Code::Struct(_, members) => members.is_empty(),
        Code::List(_, items) => items.iter().all(is_small) && code.line().len() <= 50,
    }
}

/// What is written for an argument that is not required.
fn nothing(argument: &Argument) -> Option<&'static str> {
    if !argument.optional {
        return None;
    }
    Some(match &argument.ty {
        ArgTy::Several(_) => "Vec::new()",
        ArgTy::Lent(ty) if matches!(ty.without_null().0, Ty::List(_)) => "&[]",
        _ => "None",
    })
}

/// What the document requires and no argument holds.
fn missing(endpoint: &Endpoint, operation: &Operation<'_>) -> Result<(), String> {
    let has_content = endpoint
        .arguments
        .iter()
        .any(|argument| matches!(argument.source, Source::Content | Source::Part(_)));
    if operation.body.as_ref().is_some_and(|body| body.required && !body.contents.is_empty()) && !has_content
    {
        return Err("the document requires content, which was not imported".to_owned());
    }
    let has_params = endpoint.arguments.iter().any(|argument| argument.source == Source::Params);
    let is_sent = |parameter: &&Parameter<'_>| {
        has(endpoint, parameter)
            || parameter.place == Place::Query && has_params
            || is_idempotency_key(operation, parameter.name)
    };
    for (place, what) in [(Place::Query, "query name"), (Place::Header, "header"), (Place::Cookie, "cookie")]
    {
        let lost = required(operation, place).find(|parameter| !is_sent(parameter));
        if let Some(lost) = lost {
            return Err(format!("the document requires the {what} `{}`, which was not imported", lost.name));
        }
    }
    Ok(())
}

/// The parameters of a place that are required, without the credential.
fn required<'o, 'd>(operation: &'o Operation<'d>, place: Place) -> impl Iterator<Item = &'o Parameter<'d>> {
    operation.parameters.iter().filter(move |parameter| {
        parameter.place == place && parameter.required && !is_credential(operation, parameter.name)
    })
}

/// Whether a parameter is an argument of its own.
fn has(endpoint: &Endpoint, parameter: &Parameter<'_>) -> bool {
    endpoint.arguments.iter().any(|argument| match &argument.source {
        Source::Query(name) => parameter.place == Place::Query && name == parameter.name,
        Source::Header(name) => parameter.place == Place::Header && name == parameter.name,
        Source::Cookie(name) => parameter.place == Place::Cookie && name == parameter.name,
        Source::Path(name) => parameter.place == Place::Path && name == parameter.name,
        _ => false,
    })
}

fn parameter<'o, 'd>(operation: &'o Operation<'d>, place: Place, name: &str) -> Option<&'o Parameter<'d>> {
    operation.parameters.iter().find(|parameter| parameter.place == place && parameter.name == name)
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}
