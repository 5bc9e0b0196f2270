//! Signing in, registering, the own account.

use askama::Template;

use super::{Chrome, Trouble};

/// Account name and password.
#[derive(Template)]
#[template(path = "login.html")]
pub(crate) struct Login {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) next: String,
    /// What was being filled in when the session ended.
    pub(crate) carry: Option<String>,
    pub(crate) carries: bool,
    pub(crate) login: String,
    pub(crate) register_link: String,
    pub(crate) demo_accounts: Vec<DemoAccount>,
}

/// A published account of the demo.
pub(crate) struct DemoAccount {
    pub(crate) label: String,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) code: String,
}

/// The code of the second factor.
#[derive(Template)]
#[template(path = "code.html")]
pub(crate) struct Code {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) demo_codes: Vec<(String, String)>,
}

/// Enrolling a second factor.
#[derive(Template)]
#[template(path = "enrol.html")]
pub(crate) struct Enrol {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) reason: &'static str,
    pub(crate) secret_grouped: String,
    pub(crate) uri: String,
    pub(crate) action: &'static str,
    pub(crate) hidden: Vec<(&'static str, String)>,
}

/// `ABCDEFGH` → `ABCD EFGH`: people type it from one screen into another.
pub(crate) fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Registering.
#[derive(Template)]
#[template(path = "register.html")]
pub(crate) struct Register {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) next: String,
    pub(crate) fields: Vec<Entry>,
}

/// A field of the registration.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) value: String,
    pub(crate) error: String,
}

impl Entry {
    /// The five fields, empty.
    pub(crate) fn all() -> Vec<Self> {
        let entry = |name, label, hint, kind, autocomplete| Self {
            name,
            label,
            hint,
            kind,
            autocomplete,
            value: String::new(),
            error: String::new(),
        };
        vec![
            entry("name", "姓名", "和身份证上的一样。", "text", "name"),
            entry(
                "id_number",
                "身份证号",
                "18位，最后一位可能是X，大小写都行。",
                "text",
                "off",
            ),
            entry("phone", "手机号码", "用来通知办理进度。", "text", "tel"),
            entry(
                "login",
                "登录名",
                "自己起一个，或者直接用手机号码。",
                "text",
                "username",
            ),
            entry(
                "password",
                "密码",
                "至少15个字符。用几个自己好记的词连起来，又长又好记。",
                "password",
                "new-password",
            ),
        ]
    }
}

/// The own account.
#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct Account {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    /// For password managers.
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) rows: Vec<(&'static str, String)>,
    pub(crate) totp: bool,
    /// Whether texts go to the phone; none: there is no phone, or nobody who sends them.
    pub(crate) texts: Option<bool>,
    pub(crate) sessions: Vec<Device>,
}

/// One of the own sessions.
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) device: String,
    pub(crate) created: String,
    pub(crate) seen: String,
    pub(crate) current: bool,
}
