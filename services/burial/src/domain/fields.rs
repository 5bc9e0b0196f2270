//! Kinds of input: those of all services, and burial's own.

pub use yiwang_casework::fields::*;

yiwang_casework::field_kinds! {
    /// 统一社会信用代码.
    CreditCodeText => { "type": "string", "maxLength": 18 };
}
