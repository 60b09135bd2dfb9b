//! Contents of requests and responses.

use serde_json::Value;

use super::parameter::Input;
use super::{Reader, flag, object, text};
use crate::document::Version;
use crate::document::pointer::child;
use crate::model::{Body, Content, Parameter, Response, Status};
use crate::schema::Node;

impl<'d> Reader<'d> {
    /// Tells the body of a request from the parameters.
    pub(super) fn body(
        &mut self,
        operation: &'d Value,
        pointer: &str,
        inputs: Vec<Input<'d>>,
    ) -> (Option<Body<'d>>, Vec<Parameter<'d>>) {
        let (mut parameters, mut body, mut form) = (Vec::new(), None, Vec::new());
        for input in inputs {
            match input {
                Input::Parameter(parameter) => parameters.push(parameter),
                Input::Body { value, pointer } => body = Some(self.swagger_body(operation, value, pointer)),
                Input::Form { value, pointer } => form.push((value, pointer)),
            }
        }
        if !form.is_empty() {
            body = Some(self.swagger_form(operation, pointer, form));
        }
        if let Some(request) = operation.get("requestBody") {
            let at = child(pointer, "requestBody");
            body = self.follow(request, &at).map(|(value, at)| Body {
                required: flag(value, "required"),
                contents: self.contents(value, &at),
                pointer: at,
            });
        }
        (body, parameters)
    }

    /// `content` of OpenAPI 3.
    fn contents(&mut self, value: &'d Value, pointer: &str) -> Vec<Content<'d>> {
        let pointer = child(pointer, "content");
        let Some(contents) = value.get("content") else { return Vec::new() };
        let contents = self.members(contents, &pointer, "the contents");
        contents
            .into_iter()
            .map(|(media, value, pointer)| Content {
                media,
                schema: value.get("schema").map(|schema| Node::new(schema, child(&pointer, "schema"))),
                pointer,
            })
            .collect()
    }

    /// `consumes` or `produces` of Swagger 2.0.
    fn media_types(&self, operation: &'d Value, name: &str) -> Vec<&'d str> {
        let own = operation.get(name).or_else(|| self.document.root().get(name));
        let media: Vec<&str> =
            own.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        if media.is_empty() { vec!["application/json"] } else { media }
    }

    fn swagger_body(&self, operation: &'d Value, value: &'d Value, pointer: String) -> Body<'d> {
        let schema = value.get("schema").map(|schema| Node::new(schema, child(&pointer, "schema")));
        let media = self.media_types(operation, "consumes");
        let content = |media| Content { media, pointer: pointer.clone(), schema: schema.clone() };
        Body {
            required: flag(value, "required"),
            contents: media.into_iter().map(content).collect(),
            pointer: pointer.clone(),
        }
    }

    /// The fields of a form are the properties of one schema.
    fn swagger_form(&self, operation: &'d Value, pointer: &str, form: Vec<(&'d Value, String)>) -> Body<'d> {
        let required = form.iter().any(|(value, _)| flag(value, "required"));
        let has_file = form.iter().any(|(value, _)| text(value, "type") == "file");
        let media = self.media_types(operation, "consumes");
        let form_types = ["multipart/form-data", "application/x-www-form-urlencoded"];
        let mut media: Vec<&str> = media.into_iter().filter(|media| form_types.contains(media)).collect();
        if media.is_empty() {
            media.push(if has_file { form_types[0] } else { form_types[1] });
        }
        let pointer = child(pointer, "parameters");
        let fields = form
            .into_iter()
            .map(|(value, at)| (text(value, "name"), flag(value, "required"), Node::new(value, at)));
        let schema = Node::form(pointer.clone(), fields.collect());
        let content = |media| Content { media, pointer: pointer.clone(), schema: Some(schema.clone()) };
        Body { required, contents: media.into_iter().map(content).collect(), pointer: pointer.clone() }
    }

    pub(super) fn responses(&mut self, operation: &'d Value, pointer: &str) -> Vec<Response<'d>> {
        let pointer = child(pointer, "responses");
        let Some(responses) = operation.get("responses") else { return Vec::new() };
        let mut all = Vec::new();
        for (status, value, at) in self.members(responses, &pointer, "the responses") {
            if status.starts_with("x-") {
                continue;
            }
            let Some(status) = parse_status(status) else {
                self.problem(at, format!("`{status}` is not a status: left out"));
                continue;
            };
            let Some((value, at)) = self.follow(value, &at) else { continue };
            let headers = object(value.get("headers")).into_iter().flatten();
            all.push(Response {
                status,
                contents: self.response_contents(operation, value, &at),
                headers: headers.map(|(name, _)| name.as_str()).collect(),
                pointer: at,
            });
        }
        all.sort_by_key(|response| response.status);
        all
    }

    fn response_contents(
        &mut self,
        operation: &'d Value,
        value: &'d Value,
        pointer: &str,
    ) -> Vec<Content<'d>> {
        if self.document.version() != Version::V20 {
            return self.contents(value, pointer);
        }
        let Some(schema) = value.get("schema") else { return Vec::new() };
        let schema = Node::new(schema, child(pointer, "schema"));
        let media = self.media_types(operation, "produces");
        let content = |media| Content { media, pointer: pointer.to_owned(), schema: Some(schema.clone()) };
        media.into_iter().map(content).collect()
    }
}

fn parse_status(text: &str) -> Option<Status> {
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    if let Some(hundreds) = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx")) {
        return hundreds.parse().ok().filter(|hundreds| (1..6).contains(hundreds)).map(Status::Range);
    }
    text.parse().ok().filter(|code| (100..600).contains(code)).map(Status::Code)
}
