//! What a list, a notice or a log-in page may show of personal data.
//!
//! Every function is total: whatever is not recognised shows less, never more.

use crate::{
    division,
    identity_document::{DocumentKind, IdentityDocument},
};

/// The first character and a star for each other: 张三 → `张*`, 欧阳修 → `欧**`. A lone character is hidden.
pub fn name(name: &str) -> String {
    keep(name.trim(), usize::from(name.trim().chars().count() > 1), 0)
}

/// `421221********1234`; of other papers (passport, permit) at most two characters at each end.
pub fn id_number(number: &str) -> String {
    let number = number.trim();
    match number.chars().count() {
        18 => keep(number, 6, 4),
        8.. => keep(number, 2, 2),
        _ => keep(number, 0, 0),
    }
}

/// The citizen ID number as [`id_number`] shows it; of other documents what they are, with both ends of
/// the number: `护照（法国）12*****67`.
pub fn document(document: &IdentityDocument) -> String {
    let kind = document.kind();
    // Some have 18 characters too, but no division and birth date to keep.
    let number = document.number();
    let ends = if number.chars().count() < 8 { 0 } else { 2 };
    match kind {
        DocumentKind::CitizenId => id_number(number),
        _ if kind.asks_country() => {
            let country = document.country().name();
            format!("{}（{country}）{}", kind.label(), keep(number, ends, ends))
        }
        _ => format!("{}{}", kind.label(), keep(number, ends, ends)),
    }
}

/// `138****1234`; of other lengths the first three and the last two from seven characters on.
pub fn phone(number: &str) -> String {
    let number = number.trim();
    match number.chars().count() {
        11 => keep(number, 3, 4),
        7.. => keep(number, 3, 2),
        _ => keep(number, 0, 0),
    }
}

/// First and last four from twelve digits on, otherwise the last two from six on. Blanks are dropped.
pub fn bank_account(number: &str) -> String {
    let number: String = number.split_whitespace().collect();
    match number.chars().count() {
        12.. => keep(&number, 4, 4),
        6.. => keep(&number, 0, 2),
        _ => keep(&number, 0, 0),
    }
}

/// Keeps an address down to the township 乡镇街道 as far as its names are in the division table:
/// 湖北省十堰市竹山县城关镇莲花村3组 → `湖北省十堰市竹山县城关镇****`. An unknown place is hidden whole.
pub fn address(address: &str) -> String {
    let address = address.trim();
    let kept = division::recognised_prefix(address);
    match address.len() {
        0 => String::new(),
        whole if whole == kept => address.to_owned(),
        _ => format!("{}****", &address[..kept]),
    }
}

/// `head` characters, stars, `tail` characters.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    let shown = |index: usize| index < head || index + tail >= count;
    text.chars()
        .enumerate()
        .map(|(i, c)| if shown(i) { c } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (fn(&str) -> String, &'static str, &'static str);

    const ROWS: &[Row] = &[
        (name, "张三", "张*"),
        (name, "欧阳修", "欧**"),
        (name, " 𠮷田 ", "𠮷*"),
        (name, "阿依古丽·买买提", "阿*******"),
        (name, "张", "*"),
        (name, "", ""),
        (id_number, "421221199003071234", "421221********1234"),
        (id_number, "E12345678", "E1*****78"),
        (id_number, "1234567", "*******"),
        (id_number, "", ""),
        (phone, "13800001234", "138****1234"),
        (phone, "0719-4221234", "071*******34"),
        (phone, "110", "***"),
        (
            bank_account,
            "6222 0212 3456 7890 123",
            "6222***********0123",
        ),
        (bank_account, "1234567", "*****67"),
        (bank_account, "12345", "*****"),
        (
            address,
            "湖北省十堰市竹山县城关镇莲花村3组12号",
            "湖北省十堰市竹山县城关镇****",
        ),
        (address, "竹山县城关镇莲花村3组12号", "竹山县城关镇****"),
        (
            address,
            "北京市东城区东华门街道南池子大街1号",
            "北京市东城区东华门街道****",
        ),
        (
            address,
            "北京市市辖区东城区东华门街道1号",
            "北京市市辖区东城区东华门街道****",
        ),
        (
            address,
            "广东省东莞市南城街道鸿福路99号",
            "广东省东莞市南城街道****",
        ),
        (
            address,
            "湖北省仙桃市沙嘴街道仙桃大道1号",
            "湖北省仙桃市沙嘴街道****",
        ),
        (
            address,
            "湖北省十堰市竹山县某某路3号",
            "湖北省十堰市竹山县****",
        ),
        (address, "湖北省十堰市竹山县", "湖北省十堰市竹山县"),
        (address, "某某路3号", "****"),
        (address, "", ""),
    ];

    #[test]
    fn documents_show_their_kind_and_both_ends() {
        for (text, expected) in [
            ("11010519491231002X", "110105********002X"),
            ("passport:FRA:12AB34567", "护照（法国）12*****67"),
            ("passport:FRA:12AB3", "护照（法国）*****"),
            (
                "permanent_residence:USA:911103199001012345",
                "外国人永久居留身份证（美国）91**************45",
            ),
            (
                "hk_macao_permit:HKG:H12345678",
                "港澳居民来往内地通行证H1*****78",
            ),
        ] {
            assert_eq!(document(&text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn rows() {
        for (mask, input, expected) in ROWS {
            assert_eq!(mask(input), *expected, "{input}");
        }
    }
}
