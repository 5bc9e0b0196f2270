//! How forms declare what the portal draws: code lists and kinds of input, said once.

/// Declares an enum with `code()`, `label()`, serde by code and a JSON Schema
/// (`oneOf` of `const` and `title`) from which the portal draws the choice.
#[macro_export]
macro_rules! code_list {
    (
        $(#[$meta:meta])*
        $name:ident { $($variant:ident = $code:literal, $label:literal;)+ }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $(#[doc = $label] #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All codes, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Chinese label.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "x-widget": "select",
                    "oneOf": [$({ "const": $code, "title": $label }),+],
                })
            }
        }
    };
}

/// Declares kinds of input: each says in the JSON Schema how it is drawn, bounded and
/// masked. They stand in `#[schemars(with = "…")]` only; forms hold plain values.
#[macro_export]
macro_rules! field_kinds {
    ($($(#[$meta:meta])* $name:ident => $schema:tt;)+) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub enum $name {}

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    )+};
}

/// Declares the data of acts: for each field its name, type, kind of input, title and hint;
/// after `?` those that may be left out.
#[macro_export]
macro_rules! act_data {
    ($($(#[$meta:meta])* $name:ident {
        $($field:ident: $type:ty, $with:literal, $title:literal, $hint:literal;)*
        $(? $may:ident: $may_type:ty, $may_with:literal, $may_title:literal, $may_hint:literal;)*
    })+) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, PartialEq, Eq,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(deny_unknown_fields)]
        #[schemars(description = "")]
        pub struct $name {
            $(#[doc = $title]
              #[schemars(title = $title, description = $hint, with = $with)]
              pub $field: $type,)*
            $(#[doc = $may_title]
              #[serde(default)]
              #[schemars(title = $may_title, description = $may_hint, with = $may_with)]
              pub $may: $may_type,)*
        }
    )+};
}
