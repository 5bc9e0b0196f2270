//! Certificate numbers (rules A3.7).

use yiwang_marriage::domain::number::{Prefix, format, parse};

use yiwang_chassis::testing::law::{Row, all_hold, read, same};

const INPUTS: [&str; 5] = ["text", "prefix", "code", "year", "serial"];

#[test]
fn numbers() {
    all_hold(&read(include_str!("numbers.toml"), 38, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    if row.has("text") {
        read_one(row)
    } else {
        write_one(row)
    }
}

fn read_one(row: &Row) -> Result<(), String> {
    let Some(number) = parse(row.text("text")) else {
        return same("number", "invalid", row.text("expected"));
    };
    let again = format(number.prefix, &number.county, number.year, number.serial);
    same("written again", again.as_deref(), Some(row.text("text")))?;
    same("number", "ok", row.text("expected"))
}

fn write_one(row: &Row) -> Result<(), String> {
    let (year, serial) = (
        row.int("year").try_into().unwrap(),
        row.int("serial").try_into().unwrap(),
    );
    let number = Prefix::from_code(row.text("prefix"))
        .and_then(|prefix| format(prefix, row.text("code"), year, serial));
    if let Some(number) = &number {
        let parsed = parse(number).map(|number| (number.county, number.year, number.serial));
        same(
            "read again",
            parsed,
            Some((row.text("code").to_owned(), year, serial)),
        )?;
    }
    same(
        "number",
        number.as_deref().unwrap_or("invalid"),
        row.text("expected"),
    )
}
