//! A batch of the police: whom they look for all over the country. Made by counting, so that each
//! demonstration has the same; without so many a likeness would mean little.

use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value, json};

const MANY: u32 = 480;

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢",
];
const MEN: [&str; 16] = [
    "建国", "志明", "德才", "永福", "小龙", "大勇", "国庆", "春生", "家旺", "文斌", "立新", "海波",
    "树林", "金宝", "世荣", "伟",
];
const WOMEN: [&str; 16] = [
    "秀英", "桂芳", "玉兰", "春梅", "丽华", "小燕", "凤珍", "素云", "美玲", "冬香", "翠莲", "红",
    "爱珍", "雪梅", "兰芳", "静",
];
/// County and how people speak there.
const PLACES: [(&str, &str); 20] = [
    ("130402", "邯郸话"),
    ("140105", "太原话"),
    ("210212", "大连话"),
    ("220102", "长春话"),
    ("230102", "哈尔滨话"),
    ("320311", "徐州话"),
    ("330302", "温州话"),
    ("341221", "阜阳话"),
    ("350102", "福州话"),
    ("360402", "九江话"),
    ("370102", "济南话"),
    ("411627", "河南话"),
    ("430602", "岳阳话"),
    ("440512", "潮汕话"),
    ("451202", "桂柳话"),
    ("511302", "四川话"),
    ("520502", "毕节话"),
    ("530602", "昭通话"),
    ("611002", "商洛话"),
    ("621202", "陇南话"),
];
const MARKS: [&str; 12] = [
    "右膝有手术疤",
    "左臂有胎记",
    "后背有烫伤疤",
    "缺一颗门牙",
    "右手小指弯曲",
    "左脚跛",
    "额头有疤",
    "下巴有痣",
    "左肩有文身",
    "右眼失明",
    "腹部有手术疤",
    "没有明显特征",
];
const CONDITIONS: [&str; 6] = [
    "老年痴呆",
    "精神分裂症",
    "智力残疾",
    "聋哑",
    "脑梗后遗症",
    "身体健康",
];

/// Their reports.
pub(super) fn batch(today: Date) -> Vec<Value> {
    (0..MANY).map(|nth| report(nth, today)).collect()
}

/// The `nth` of a list, whatever the size of either.
fn pick<T: Copy>(list: &[T], nth: u32) -> Option<T> {
    list.get(nth as usize % list.len().max(1)).copied()
}

fn report(nth: u32, today: Date) -> Value {
    // A fixed stride through each list, so that the same things do not always come together.
    let step = |times: u32, plus: u32| nth.wrapping_mul(times).wrapping_add(plus);
    let man = !nth.is_multiple_of(3);
    let given = match man {
        true => pick(&MEN, step(7, 3)),
        false => pick(&WOMEN, step(5, 1)),
    };
    let name = [pick(&SURNAMES, step(11, nth / 24)), given]
        .map(Option::unwrap_or_default)
        .concat();
    let (home, dialect) = pick(&PLACES, step(13, nth / 20)).unwrap_or_default();
    let (seen, _) = pick(&PLACES, step(17, nth / 7)).unwrap_or_default();
    let age = 9 + step(29, 4) % 78;
    let born = i64::from(today.year()) - i64::from(age);
    let days = 90 + i64::from(step(37, 11) % 1_500);
    let lost = today.saturating_sub(days.days());
    let height = match man {
        true => 158 + step(5, 2) % 22,
        false => 148 + step(5, 2) % 18,
    };
    json!({
        "report_id": format!("{}-2026-{:04}", home.get(..4).unwrap_or_default(), 1_000 + nth),
        "name": name, "sex": if man { "M" } else { "F" }, "birth_date": born.to_string(),
        "native_place": home, "height_cm": height, "last_seen_date": lost.to_string(),
        "last_seen_place": seen, "report_date": lost.saturating_add(2.days()).to_string(),
        "body_marks": pick(&MARKS, step(19, nth / 12)), "dialect": dialect,
        "condition": pick(&CONDITIONS, step(23, nth / 6)),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use yiwang_civic::division;

    use super::*;

    #[test]
    fn everybody_is_somebody_else() {
        let batch = batch(date(2026, 11, 29));
        let people: BTreeSet<String> = batch
            .iter()
            .map(|one| {
                format!(
                    "{}{}{}",
                    one["name"], one["birth_date"], one["native_place"]
                )
            })
            .collect();
        assert_eq!(people.len(), batch.len());
        assert!(
            PLACES
                .iter()
                .all(|(code, _)| division::find(code).is_some())
        );
    }
}
