//! JSON values as expressions of the imported types.

use serde_json::{Map, Value};

use super::super::names::raw;
use super::super::print::{
    Needs, Printer, enum_variants, has_default, is_open, is_required, members, union_variants,
};
use super::super::types::{Def, Field, Id, Kind, Struct, Ty, Union};
use super::code::Code;

/// Writes values, and keeps which types they name.
pub(super) struct Values<'a, 'p, 'd> {
    pub(super) printer: &'a Printer<'p, 'd>,
    pub(super) needs: Needs,
}

impl Values<'_, '_, '_> {
    /// A value of a type that owns its data, as a member of `of`; `None` if the type cannot hold the value whole.
    pub(super) fn owned(&mut self, ty: &Ty, value: &Value, of: Option<Id>) -> Option<Code> {
        Some(match ty {
            Ty::Any => json(value),
            Ty::Bool => Code::plain(value.as_bool()?.to_string()),
            Ty::Int(name) => Code::plain(integer(name, value)?),
            Ty::Float => Code::plain(format!("{:?}", value.as_f64()?)),
            Ty::Text => Code::plain(format!("{:?}.to_owned()", value.as_str()?)),
            Ty::Secret => Code::plain(format!("{:?}.into()", value.as_str()?)),
            Ty::Unit | Ty::Item | Ty::Page(..) => return None,
            Ty::List(inner) => {
                let items = value.as_array()?.iter().map(|item| self.owned(inner, item, None));
                Code::List("vec![".to_owned(), items.collect::<Option<_>>()?)
            }
            Ty::Map(inner) => self.map(inner, value.as_object()?)?,
            Ty::Nullable(_) if value.is_null() => Code::plain("None"),
            Ty::Nullable(inner) => Code::wrap("Some(", self.owned(inner, value, of)?),
            Ty::Def(id) => {
                let code = self.defined(*id, value)?;
                let boxed = of.is_some_and(|of| self.printer.circles.contains(&(of, *id)));
                if boxed { Code::wrap("Box::new(", code) } else { code }
            }
        })
    }

    fn map(&mut self, inner: &Ty, members: &Map<String, Value>) -> Option<Code> {
        if members.is_empty() {
            return Some(Code::plain("std::collections::BTreeMap::new()"));
        }
        let pair = |(key, value): (&String, &Value)| {
            let value = self.owned(inner, value, None)?;
            Some(Code::plain(format!("({key:?}.to_owned(), {})", value.line())))
        };
        let pairs = members.iter().map(pair).collect::<Option<_>>()?;
        Some(Code::wrap("std::collections::BTreeMap::from(", Code::List("[".to_owned(), pairs)))
    }

    fn defined(&mut self, id: Id, value: &Value) -> Option<Code> {
        let printer = self.printer;
        let def = printer.types.defs.get(id)?;
        match &def.kind {
            Kind::Struct(found) => self.structure(id, def, found, value.as_object()?),
            Kind::Enum(values) => {
                let text = value.as_str()?;
                let name = printer.name(id, &mut self.needs);
                let (variants, other) = enum_variants(values, &name);
                let listed = values.iter().position(|value| value == text).and_then(|at| variants.get(at));
                Some(Code::plain(match listed {
                    Some(variant) => format!("{name}::{variant}"),
                    None => format!("{name}::{other}({text:?}.to_owned())"),
                }))
            }
            Kind::Union(union) => self.union(id, def, union, value),
            Kind::Alias(ty) => self.owned(ty, value, None),
            Kind::Pending => None,
        }
    }

    fn structure(&mut self, id: Id, def: &Def, found: &Struct, value: &Map<String, Value>) -> Option<Code> {
        let (fields, names, mut taken) = members(self.printer, def, found);
        let mut left = value.clone();
        found.tags.iter().for_each(|tag| drop(left.shift_remove(tag)));
        let mut all = Vec::new();
        for (field, name) in fields.iter().zip(&names) {
            let given = left.shift_remove(&field.wire);
            all.push((raw(name), self.member(id, def, found, field, given.as_ref())?));
        }
        if let Some(ty) = &found.variants {
            let variant = self
                .owned(ty, &Value::Object(left.clone()), Some(id))
                // A variant may ask for members that stand beside it, too.
                .or_else(|| self.owned(ty, &Value::Object(value.clone()), Some(id)))?;
            all.push((taken.take(["variant".to_owned()]), variant));
            left.clear();
        }
        if let Some(ty) = &found.rest {
            all.push((taken.take(["other".to_owned()]), self.map(ty, &left)?));
            left.clear();
        }
        // What the type would not send must not be lost.
        if !left.is_empty() {
            return None;
        }
        let name = self.printer.name(id, &mut self.needs);
        let is_empty = |code: &Code| match code {
            Code::Plain(text) => text == "None" || text.ends_with("BTreeMap::new()"),
            Code::List(_, items) => items.is_empty(),
            _ => false,
        };
        if !all.is_empty() && has_default(def, found, &fields) && all.iter().all(|(_, code)| is_empty(code)) {
            return Some(Code::plain(format!("{name}::default()")));
        }
        Some(Code::Struct(name, all))
    }

    fn member(
        &mut self,
        id: Id,
        def: &Def,
        found: &Struct,
        field: &Field,
        given: Option<&Value>,
    ) -> Option<Code> {
        let plain = field.ty.without_null().0;
        let given = given.map(|value| if found.is_query { loosened(plain, value) } else { value.clone() });
        let is_list = found.is_query && matches!(plain, Ty::List(_));
        match given {
            None if is_list => Some(Code::List("vec![".to_owned(), Vec::new())),
            None => (!is_required(def, field)).then(|| Code::plain("None")),
            Some(value) if is_list => self.owned(plain, &value, None),
            Some(value) if is_required(def, field) => self.owned(&field.ty, &value, Some(id)),
            Some(Value::Null) => Some(Code::plain("None")),
            Some(value) => Some(Code::wrap("Some(", self.owned(plain, &value, Some(id))?)),
        }
    }

    fn union(&mut self, id: Id, def: &Def, union: &Union, value: &Value) -> Option<Code> {
        let tag = union.tag.as_ref().map(|tag| value.get(tag).and_then(Value::as_str).unwrap_or_default());
        for (variant, name) in union_variants(self.printer, union) {
            let is_another =
                |tag: &str| !variant.values.is_empty() && !variant.values.iter().any(|value| value == tag);
            if tag.is_some_and(is_another) {
                continue;
            }
            if variant.ty == Ty::Unit {
                let union = self.printer.name(id, &mut self.needs);
                return Some(Code::plain(format!("{union}::{name}")));
            }
            let before = self.needs.clone();
            if let Some(code) = self.owned(&variant.ty, value, Some(id)) {
                let union = self.printer.name(id, &mut self.needs);
                return Some(Code::wrap(format!("{union}::{name}("), code));
            }
            // What did not fit has named types that are not written.
            self.needs = before;
        }
        is_open(self.printer, def).then(|| {
            let union = self.printer.name(id, &mut self.needs);
            Code::wrap(format!("{union}::Other("), json(value))
        })
    }
}

/// The value for a type of a query, a header or a path, in which all is text.
pub(super) fn loosened(ty: &Ty, value: &Value) -> Value {
    match (ty, value) {
        (Ty::Text, value) => text(value).map_or_else(|| value.clone(), Value::String),
        (Ty::List(inner), Value::Array(items)) => {
            Value::Array(items.iter().map(|item| loosened(inner, item)).collect())
        }
        // A single value where a list may stand.
        (Ty::List(inner), value) => Value::Array(vec![loosened(inner, value)]),
        (_, value) => value.clone(),
    }
}

/// A value as it is written into a URL or a header; `None` for an object.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(items) => Some(items.iter().map(text).collect::<Option<Vec<_>>>()?.join(",")),
        Value::Null | Value::Object(_) => None,
    }
}

fn json(value: &Value) -> Code {
    Code::plain(match value {
        Value::Null => "serde_json::Value::Null".to_owned(),
        value => format!("serde_json::json!({value})"),
    })
}

/// An integer that its type can hold.
fn integer(name: &str, value: &Value) -> Option<String> {
    let whole = || value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
    // The cast is exact below 2^53.
    let number = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    let number = number.or_else(|| whole().map(|number| number as i128))?;
    let fits = match name {
        "i32" => i32::try_from(number).is_ok(),
        "u32" => u32::try_from(number).is_ok(),
        "u64" => u64::try_from(number).is_ok(),
        _ => i64::try_from(number).is_ok(),
    };
    fits.then(|| number.to_string())
}
