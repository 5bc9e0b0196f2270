//! Adding and removing entries of a list without JavaScript.

use serde_json::{Map, Value};

use super::{
    check::of_interest,
    schema::{Field, Kind},
};

/// More entries than any household has; the service refuses long before.
const MAX_ENTRIES: usize = 300;

/// A button other than "next": the value of the field `do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    /// `add:members`
    Add(String),
    /// `remove:members.1`
    Remove(String),
    /// `find:members.1.home`: look a place up.
    Find(String),
}

impl Edit {
    /// Reads the value of a button.
    pub(crate) fn parse(button: &str) -> Option<Self> {
        let (verb, name) = button.split_once(':')?;
        let name = name.to_owned();
        match verb {
            "add" => Some(Self::Add(name)),
            "remove" => Some(Self::Remove(name)),
            "find" => Some(Self::Find(name)),
            _ => None,
        }
    }

    /// The id of the element the reader should land on after the edit.
    pub(crate) fn anchor(&self, form: &Value) -> String {
        let pointer = |name: &str| format!("/{}", name.replace('.', "/"));
        match self {
            Self::Add(name) => {
                let list = pointer(name);
                let count = form
                    .pointer(&list)
                    .and_then(Value::as_array)
                    .map_or(1, Vec::len);
                super::control_id(&format!("{list}/{}", count.saturating_sub(1)))
            }
            Self::Remove(name) => {
                let list = name
                    .rsplit_once('.')
                    .map_or(name.as_str(), |(list, _)| list);
                super::control_id(&pointer(list))
            }
            Self::Find(name) => super::control_id(&pointer(name)),
        }
    }
}

/// Applies an edit to the form's value; one that points nowhere changes nothing.
pub(crate) fn apply(fields: &[Field], form: &mut Map<String, Value>, edit: &Edit) {
    match edit {
        Edit::Add(name) => {
            if let Some((list, entries)) = list_at(fields, form, name) {
                let limit = match &list.kind {
                    Kind::List { max, .. } => max.unwrap_or(MAX_ENTRIES).min(MAX_ENTRIES),
                    _ => 0,
                };
                if entries.len() < limit {
                    entries.push(blank(&list.kind));
                }
            }
        }
        Edit::Remove(name) => {
            let Some((list, index)) = name.rsplit_once('.') else {
                return;
            };
            let (Ok(index), Some((_, entries))) =
                (index.parse::<usize>(), list_at(fields, form, list))
            else {
                return;
            };
            if index < entries.len() {
                entries.remove(index);
            }
        }
        Edit::Find(_) => {}
    }
}

/// Takes away what was added and left empty: blank lines of a list, empty entries.
pub(crate) fn tidy(fields: &[Field], form: &mut Map<String, Value>) {
    for field in fields {
        let Some(value) = form.get_mut(&field.key) else {
            continue;
        };
        match (&field.kind, value) {
            (Kind::Group(inner), Value::Object(group)) => tidy(inner, group),
            (Kind::List { item, .. }, Value::Array(entries)) => {
                if let Kind::Group(inner) = &item.kind {
                    let objects = entries.iter_mut().filter_map(Value::as_object_mut);
                    objects.for_each(|object| tidy(inner, object));
                }
                entries.retain(|entry| match entry {
                    Value::String(text) => !text.is_empty(),
                    Value::Object(object) => !object.is_empty(),
                    _ => true,
                });
            }
            _ => {}
        }
    }
}

/// Takes away what was answered in fields that are of no interest any more, as the sibling they
/// depend on has another value by now. A chain of such fields falls together.
pub(crate) fn forget_hidden(fields: &[Field], form: &mut Map<String, Value>) {
    for field in fields {
        if !of_interest(field, form) {
            form.remove(&field.key);
        } else if let (Kind::Group(inner), Some(Value::Object(group))) =
            (&field.kind, form.get_mut(&field.key))
        {
            forget_hidden(inner, group);
        }
    }
}

fn blank(list: &Kind) -> Value {
    match list {
        Kind::List { item, .. } if matches!(item.kind, Kind::Group(_)) => Value::Object(Map::new()),
        _ => Value::String(String::new()),
    }
}

/// The list with a dotted name, made when it is not there yet.
fn list_at<'f, 'v>(
    fields: &'f [Field],
    object: &'v mut Map<String, Value>,
    name: &str,
) -> Option<(&'f Field, &'v mut Vec<Value>)> {
    let (key, rest) = name.split_once('.').unwrap_or((name, ""));
    let field = fields.iter().find(|field| field.key == key)?;
    match &field.kind {
        Kind::Group(inner) => {
            let group = object
                .entry(key)
                .or_insert_with(|| Value::Object(Map::new()));
            list_at(inner, group.as_object_mut()?, rest)
        }
        Kind::List { item, .. } => {
            let entries = object.entry(key).or_insert_with(|| Value::Array(vec![]));
            let entries = entries.as_array_mut()?;
            if rest.is_empty() {
                return Some((field, entries));
            }
            let (index, inner_name) = rest.split_once('.')?;
            let Kind::Group(inner) = &item.kind else {
                return None;
            };
            list_at(
                inner,
                entries
                    .get_mut(index.parse::<usize>().ok()?)?
                    .as_object_mut()?,
                inner_name,
            )
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::schema::Form, *};
    use serde_json::json;

    #[test]
    fn hidden_answers_fall_together() {
        let form = Form::read(
            &json!({"properties": {"a": {"type": "object", "properties": {
            "residence": {"type": "string"},
            "document": {"type": "string", "x-show-if": {"pointer": "residence", "equals": ["foreign"]}},
            "country": {"type": "string", "x-show-if": {"pointer": "document", "equals": ["passport"]}}}}}}),
        );
        let left = |residence: &str| {
            let party = json!({"residence": residence, "document": "passport", "country": "FRA"});
            let mut value = Map::from_iter([("a".to_owned(), party)]);
            forget_hidden(&form.fields, &mut value);
            Value::Object(value)
        };
        assert_eq!(left("mainland"), json!({"a": {"residence": "mainland"}}));
        assert_eq!(left("foreign")["a"]["country"], "FRA");
    }

    #[test]
    fn entries_come_and_go_at_any_depth() {
        let form = Form::read(&json!({"type": "object", "properties": {
            "members": {"type": "array", "maxItems": 2, "items": {"type": "object", "properties": {
                "name": {"type": "string"},
                "assets": {"type": "array", "items": {"type": "object", "properties": {
                    "kind": {"type": "string"}}}}}}}}}));
        let mut value = Map::new();
        let mut act = |button: &str| {
            apply(&form.fields, &mut value, &Edit::parse(button).unwrap());
            Value::Object(value.clone())
        };
        assert_eq!(act("add:members"), json!({"members": [{}]}));
        assert_eq!(
            act("add:members.0.assets"),
            json!({"members": [{"assets": [{}]}]})
        );
        act("add:members");
        assert_eq!(
            act("add:members"),
            json!({"members": [{"assets": [{}]}, {}]}),
            "at most two"
        );
        assert_eq!(act("remove:members.0"), json!({"members": [{}]}));
        assert_eq!(act("remove:members.7"), json!({"members": [{}]}));
        assert_eq!(act("add:nowhere.x"), json!({"members": [{}]}));
        assert_eq!(
            Edit::parse("add:members")
                .unwrap()
                .anchor(&json!({"members": [1, 2]})),
            "f-members-1"
        );
    }
}
