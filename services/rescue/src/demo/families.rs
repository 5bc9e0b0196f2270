//! Reports of missing people: families of several provinces, told on the phone to their stations
//! and counties, and a batch of the police. Two of them speak of who is in 咸宁 now.

use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::{Value, json};
use yiwang_casework::past::{Who, ago, day};
use yiwang_civic::time::beijing_date;

use super::{
    beat::{Beat, Deed, Story, did},
    cast::{CHEN, XU, citizen, county},
    police,
};

const REPORT: &str = "missing-person";

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let today = beijing_date(now);
    // She is missed before she comes to the station.
    let this_morning = beijing_date(ago(now, 330)).to_string();
    let mut beats: Vec<Beat> = families(today, &this_morning)
        .into_iter()
        .flat_map(|family| family.told(now))
        .collect();
    for (days, reports) in [(70, police::batch(today)), (10, police(today))] {
        beats.push(did(day(now, days, "16:30"), XU, Deed::Import(reports)));
    }
    beats
}

/// Who asks, for whom, and who writes it down.
struct Family {
    case: &'static str,
    office: Who,
    /// Township of the report.
    division: &'static str,
    /// Days before today, or minutes before now where it is of today.
    when: (i64, &'static str),
    reporter: (&'static str, &'static str, u32, &'static str),
    form: Value,
}

impl Family {
    fn told(self, now: Timestamp) -> Vec<Beat> {
        let (name, born, sequence, relation) = self.reporter;
        let county = self.division.get(..6).unwrap_or_default();
        let mut form = self.form;
        form["reporter"] = json!({
            "name": name, "id_number": citizen(county, born, sequence), "phone": "13900003311",
            "relation": relation,
        });
        form["consent_search"] = json!(true);
        let at = match self.when {
            (0, minutes) => ago(now, minutes.parse().unwrap_or_default()),
            (days, time) => day(now, days, time),
        };
        let story = Story::new(self.case, self.office, at);
        story.submit(REPORT, self.division, form).end()
    }
}

fn before(today: Date, days: i64) -> String {
    today.saturating_sub(days.days()).to_string()
}

fn families(today: Date, this_morning: &str) -> Vec<Family> {
    let lost = |days| before(today, days);
    vec![
        // He is in 咸宁.
        Family {
            case: "report mancang",
            office: CHEN,
            division: "610902102",
            when: (9, "15:00"),
            reporter: ("何拴柱", "19810623", 413, "child"),
            form: json!({
                "name": "何满仓", "sex": "male", "names": "满仓", "born": "1955-03-11",
                "home": "610902", "address": "安康市汉滨区瀛湖镇石板沟村二组", "dialect": "陕南安康话",
                "last_seen_on": lost(43), "last_seen_place": "420106",
                "how": "去武汉看我，在车站走散了。穿蓝布棉袄，提蛇皮袋。", "height_cm": 163,
                "marks": "左手食指断了一截，右边额头有一道疤", "condition": "耳朵背，老年痴呆",
                "relatives": [{ "relation": "大儿子", "name": "拴柱" }], "police": "汉公接〔2026〕1077",
                "consent_publish": true,
            }),
        },
        // She is in 咸宁 since this morning.
        Family {
            case: "report guiying",
            office: county(1, "魏东", "421281"),
            division: "421281101",
            when: (0, "190"),
            reporter: ("雷建军", "19760415", 417, "child"),
            form: json!({
                "name": "周桂英", "sex": "female", "born": "1953-08-20", "home": "421281",
                "address": "赤壁市赵李桥镇羊楼洞村，老砖茶厂旁边", "dialect": "赤壁话",
                "last_seen_on": this_morning, "last_seen_place": "421281",
                "how": "早上出门买菜，坐错了车。戴灰色毛线帽。", "height_cm": 152,
                "marks": "右手背烫伤疤", "condition": "阿尔茨海默病", "police": "赤公接〔2026〕0312",
                "consent_publish": true,
            }),
        },
        Family {
            case: "report xiuyun",
            office: county(2, "蒲强", "511302"),
            division: "511302001",
            when: (31, "10:20"),
            reporter: ("李大明", "19620918", 431, "parent"),
            form: json!({
                "name": "李秀云", "sex": "female", "age": 34, "home": "511302",
                "address": "南充市顺庆区中城街道", "dialect": "四川话", "last_seen_on": lost(36),
                "last_seen_place": "440306", "how": "在深圳厂里上班，忽然没有消息。", "height_cm": 158,
                "marks": "左眉上有痣",
            }),
        },
        Family {
            case: "report xiaojun",
            office: county(3, "申涛", "411627"),
            division: "411627104",
            when: (18, "09:05"),
            reporter: ("王保国", "19790203", 433, "parent"),
            form: json!({
                "name": "王小军", "sex": "male", "born": "2010-01-19", "home": "411627",
                "address": "太康县朱口镇王庄", "dialect": "河南话", "last_seen_on": lost(19),
                "last_seen_place": "410105", "how": "放学后没有回家，说要去找打工的舅舅。",
                "height_cm": 168, "marks": "右膝有手术疤", "police": "太公接〔2026〕0588",
                "consent_publish": true,
            }),
        },
        Family {
            case: "report bijie",
            office: county(4, "罗敏", "520502"),
            division: "520502002",
            when: (52, "11:40"),
            reporter: ("陈明慧", "19850530", 442, "sibling"),
            form: json!({
                "name": "陈明富", "sex": "male", "age": 49, "names": "老富", "home": "520502",
                "address": "毕节市七星关区市东街道", "dialect": "毕节话", "last_seen_on": lost(160),
                "last_seen_place": "330782", "how": "在义乌拉货，过年没有回来。", "height_cm": 165,
                "marks": "右手背有龙形文身", "condition": "喝酒，有时糊涂",
            }),
        },
        Family {
            case: "report fuyang",
            office: county(5, "韩松", "341221"),
            division: "341221102",
            when: (27, "08:30"),
            reporter: ("刘伟", "19740811", 451, "child"),
            form: json!({
                "name": "马玉珍", "sex": "female", "born": "1951-11-02", "home": "341221",
                "address": "临泉县鲖城镇", "dialect": "阜阳话", "last_seen_on": lost(29),
                "last_seen_place": "341221", "how": "赶集后没有回来，穿紫色棉袄。", "height_cm": 150,
                "marks": "缺两颗门牙", "condition": "老年痴呆", "police": "临公接〔2026〕0409",
                "consent_publish": true,
            }),
        },
        Family {
            case: "report longnan",
            office: county(6, "尹洁", "621202"),
            division: "621202101",
            when: (14, "17:15"),
            reporter: ("杨玉梅", "19700126", 462, "spouse"),
            form: json!({
                "name": "杨双全", "sex": "male", "age": 58, "home": "621202",
                "address": "陇南市武都区安化镇", "dialect": "陇南话", "last_seen_on": lost(16),
                "last_seen_place": "610102", "how": "去西安看病走失，背黄色帆布包。", "height_cm": 170,
                "marks": "左腿跛", "condition": "中风后说话不清",
            }),
        },
        Family {
            case: "report hechi",
            office: county(7, "覃丽", "451202"),
            division: "451202101",
            when: (40, "14:00"),
            reporter: ("韦志强", "19680707", 473, "parent"),
            form: json!({
                "name": "韦阿妹", "sex": "female", "born": "2002-06-06", "home": "451202",
                "address": "河池市金城江区东江镇", "dialect": "壮话、桂柳话", "last_seen_on": lost(44),
                "last_seen_place": "440103", "how": "跟网友去广州，电话打不通。", "height_cm": 156,
                "marks": "左耳后有红色胎记", "police": "河公接〔2026〕0271",
            }),
        },
    ]
}

/// What the police look for.
fn police(today: Date) -> Vec<Value> {
    let lost = |days| before(today, days);
    vec![
        json!({
            "report_id": "4306-2026-0117", "name": "许德生", "sex": "M", "birth_date": "1959",
            "native_place": "430602", "address": "岳阳市岳阳楼区吕仙亭街道", "height_cm": 168,
            "last_seen_date": lost(75), "last_seen_place": "430602", "report_date": lost(74),
            "body_marks": "后颈有肉瘤", "condition": "脑梗后遗症", "dialect": "岳阳话",
        }),
        json!({
            "report_id": "3604-2026-0042", "name": "段红霞", "sex": "F", "birth_date": "1975",
            "native_place": "360402", "address": "九江市濂溪区莲花镇", "height_cm": 160,
            "last_seen_date": lost(120), "last_seen_place": "360402", "report_date": lost(118),
            "body_marks": "右臂有烧伤疤", "condition": "抑郁症", "dialect": "九江话",
        }),
        json!({
            "report_id": "6110-2026-0089", "name": "贺军", "sex": "M", "birth_date": "1997",
            "native_place": "611002", "address": "商洛市商州区夜村镇", "height_cm": 174,
            "last_seen_date": lost(33), "last_seen_place": "420111", "report_date": lost(30),
            "body_marks": "左手虎口文“忍”字", "dialect": "商洛话",
        }),
        json!({
            "report_id": "5306-2026-0203", "name": "马小林", "sex": "M", "birth_date": "2013",
            "native_place": "530602", "address": "昭通市昭阳区永丰镇", "height_cm": 142,
            "last_seen_date": lost(22), "last_seen_place": "530102", "report_date": lost(21),
            "body_marks": "下巴有疤", "dialect": "昭通话",
        }),
    ]
}
