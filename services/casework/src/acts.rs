//! How an item writes its table of acts: rows of [`ActionSpec`] and the data they take.

use schemars::{JsonSchema, Schema};

use crate::{
    form::schema_of,
    item::{ActionSpec, By},
    ripple::{Change, Ripple, Whom},
};

/// A row: code, what the button says, what the law asks, who, from where.
#[must_use]
pub const fn act<S: 'static>(
    code: &'static str,
    label: &'static str,
    hint: &'static str,
    by: By,
    from: &'static [S],
) -> ActionSpec<S> {
    ActionSpec {
        code,
        label,
        hint,
        by,
        from,
        data: None,
        grave: false,
        ripple: None,
    }
}

/// The row with data.
#[must_use]
pub const fn with<S: 'static>(spec: ActionSpec<S>, data: fn() -> Schema) -> ActionSpec<S> {
    ActionSpec {
        data: Some(data),
        ..spec
    }
}

/// The row, asked twice.
#[must_use]
pub const fn grave<S: 'static>(spec: ActionSpec<S>) -> ActionSpec<S> {
    ActionSpec {
        grave: true,
        ..spec
    }
}

/// The row, with the change in the life of these persons that it makes.
#[must_use]
pub const fn changes<S: 'static>(change: Change, whom: Whom, spec: ActionSpec<S>) -> ActionSpec<S> {
    ActionSpec {
        ripple: Some(Ripple { change, whom }),
        ..spec
    }
}

/// The schema of an act's data. The button's label stands above the form; the type's own
/// name is not for people.
#[must_use]
pub fn of<T: JsonSchema>() -> Schema {
    let mut schema = schema_of::<T>();
    schema.remove("title");
    schema
}

/// Declares an item's acts once: variant, data, stable code.
#[macro_export]
macro_rules! actions {
    ($($(#[$meta:meta])* $variant:ident $(($data:ty))? = $code:literal;)+) => {
        /// An act on a case.
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(tag = "action", content = "data")]
        pub enum Action {
            $($(#[$meta])* #[serde(rename = $code)] $variant $(($data))?,)+
        }

        impl Action {
            /// Stable code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $($crate::actions!(@pattern $variant $($data)?) => $code,)+ }
            }
        }
    };
    (@pattern $variant:ident $data:ty) => { Self::$variant(_) };
    (@pattern $variant:ident) => { Self::$variant };
}
