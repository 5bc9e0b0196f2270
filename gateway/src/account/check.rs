//! What a person types into the registration form, checked field by field.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_civic::{citizen_id::CitizenId, time};

use super::{NewAccount, password};

/// A registration whose fields are right.
pub(super) struct Checked {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) id_number: CitizenId,
    pub(super) phone: String,
}

/// Collects what is wrong, so that everything is told at once.
#[derive(Default)]
struct Fields(Vec<FieldViolation>);

impl Fields {
    fn take<T>(&mut self, found: Result<T, FieldViolation>) -> Option<T> {
        found.map_err(|violation| self.0.push(violation)).ok()
    }
}

pub(super) fn registration(new: &NewAccount, now: Timestamp) -> Result<Checked, Fault> {
    let mut fields = Fields::default();
    let login = fields.take(login(&new.login));
    let name = fields.take(name(&new.name));
    let id_number = fields.take(id_number(&new.id_number, now));
    let phone = fields.take(phone(&new.phone));
    let known: Vec<&str> = [&new.login, &new.id_number, &new.phone]
        .into_iter()
        .map(|text| text.trim())
        .collect();
    fields.take(password(
        "/password",
        &new.password,
        password::ALONE,
        &known,
    ));
    match (login, name, id_number, phone) {
        (Some(login), Some(name), Some(id_number), Some(phone)) if fields.0.is_empty() => {
            Ok(Checked {
                login,
                name,
                id_number,
                phone,
            })
        }
        _ => Err(Fault::invalid(fields.0)),
    }
}

/// Login names are compared without case.
pub(super) fn normal_login(input: &str) -> String {
    input.trim().to_lowercase()
}

pub(super) fn login(input: &str) -> Result<String, FieldViolation> {
    let login = normal_login(input);
    let wrong = |reason, message: &str| Err(FieldViolation::new("/login", reason, message));
    if login.is_empty() {
        return wrong("REQUIRED", "请填写登录名。");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !login.chars().all(allowed) || !login.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        let message = "登录名只能用字母、数字、点、横线和下划线，并以字母或数字开头。";
        return wrong("LOGIN_CHARACTER", message);
    }
    if !(4..=32).contains(&login.len()) {
        return wrong("LOGIN_LENGTH", "登录名须为 4 至 32 个字符。");
    }
    Ok(login)
}

pub(super) fn name(input: &str) -> Result<String, FieldViolation> {
    let name = input.trim().replace(['•', '・', '．', '‧'], "·");
    let wrong = |reason, message: &str| Err(FieldViolation::new("/name", reason, message));
    if name.is_empty() {
        return wrong("REQUIRED", "请填写真实姓名。");
    }
    let allowed = |c: char| c.is_alphabetic() || matches!(c, '·' | ' ' | '-' | '\'');
    if !name.chars().all(allowed) {
        return wrong(
            "NAME_CHARACTER",
            "姓名中有不能使用的字符，请按身份证上的姓名填写。",
        );
    }
    if !(2..=50).contains(&name.chars().count()) {
        return wrong("NAME_LENGTH", "姓名须为 2 至 50 个字。");
    }
    Ok(name)
}

pub(super) fn id_number(input: &str, now: Timestamp) -> Result<CitizenId, FieldViolation> {
    CitizenId::parse_on(input, time::beijing_date(now))
        .map_err(|error| FieldViolation::new("/id_number", error.reason(), error.message()))
}

fn phone(input: &str) -> Result<String, FieldViolation> {
    let digits: String = input
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            other => other,
        })
        .collect();
    let wrong = |reason, message: &str| Err(FieldViolation::new("/phone", reason, message));
    if digits.is_empty() {
        return wrong("REQUIRED", "请填写手机号码。");
    }
    let mobile = digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.starts_with('1')
        && !matches!(digits.as_bytes()[1], b'0'..=b'2');
    if !mobile {
        return wrong("PHONE", "请填写 11 位手机号码。");
    }
    Ok(digits)
}

/// `shortest`: 15 alone, 8 beside a second factor; no rules about kinds of characters.
pub(super) fn password(
    field: &str,
    input: &SecretString,
    shortest: usize,
    known: &[&str],
) -> Result<(), FieldViolation> {
    let text = input.expose_secret();
    let length = text.chars().count();
    let wrong = |reason, message: String| Err(FieldViolation::new(field, reason, message));
    if length == 0 {
        return wrong("REQUIRED", "请填写密码。".to_owned());
    }
    if length < shortest {
        let message = format!("密码至少 {shortest} 个字符，可以用一句容易记住的话。");
        return wrong("PASSWORD_SHORT", message);
    }
    if length > password::LONGEST {
        let message = format!("密码最多 {} 个字符。", password::LONGEST);
        return wrong("PASSWORD_LONG", message);
    }
    if password::is_common(text, known) {
        let message = "这个密码太容易被猜到，请换一个。".to_owned();
        return wrong("PASSWORD_COMMON", message);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_people_are_called() {
        for good in ["张三", "欧阳修", "阿卜杜拉·买买提", "𠮷野", "Li Lei"] {
            assert!(name(good).is_ok(), "{good}");
        }
        assert_eq!(name(" 古丽•阿依 ").unwrap(), "古丽·阿依");
        for bad in [
            "",
            "张",
            "<b>张三</b>",
            "张三\u{0}",
            "张\u{202e}三",
            "张三'; drop table",
        ] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn phones_are_mobile_numbers() {
        assert_eq!(phone("１３８ 0000-1234").unwrap(), "13800001234");
        for bad in [
            "",
            "12800001234",
            "1380000123",
            "138000012345",
            "一三八00001234",
        ] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn logins_are_plain_words() {
        assert_eq!(login(" Zhang.San ").unwrap(), "zhang.san");
        for bad in ["", "abc", "张三丰三", "_abcd", "a b c d", &"a".repeat(33)] {
            assert!(login(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn passwords_are_long_rather_than_complicated() {
        let check = |text: &str, shortest| {
            password(
                "/password",
                &text.to_owned().into(),
                shortest,
                &["zhangsan", "13800001234"],
            )
            .map_err(|violation| violation.reason.into_owned())
        };
        assert_eq!(check("春眠不觉晓处处闻啼鸟夜来风雨声", 15), Ok(()));
        assert_eq!(check("correct horse battery", 15), Ok(()));
        assert_eq!(check("short", 15), Err("PASSWORD_SHORT".into()));
        assert_eq!(check("eight888!", 8), Ok(()));
        assert_eq!(check(&"长".repeat(129), 15), Err("PASSWORD_LONG".into()));
        assert_eq!(
            check("aaaaaaaaaaaaaaaaaa", 15),
            Err("PASSWORD_COMMON".into())
        );
        assert_eq!(check("1234567890123456", 15), Err("PASSWORD_COMMON".into()));
        assert_eq!(check("zhangsanzhangsan", 15), Err("PASSWORD_COMMON".into()));
        assert_eq!(
            check("13800001234 13800001234", 15),
            Err("PASSWORD_COMMON".into())
        );
    }
}
