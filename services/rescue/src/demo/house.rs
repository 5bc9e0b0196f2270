//! Who is in 咸宁市救助管理站 now: known and unknown, in a room and in hospital, a girl, an old man
//! who has become stranded, one whose notice is late, two at the door.

use jiff::Timestamp;
use serde_json::{Value, json};
use yiwang_casework::past::{Who, ago, day};

use super::{
    beat::{Beat, Story},
    cast::{CHEN, LIU, YANG, citizen},
    forms::{admit, arrival, care, face, police, security, with_card},
    pictures,
};
use crate::stays::demo::HANBIN;

const STAY: &str = "station-stay";
/// 温泉街道, where the station stands.
pub(super) const TOWN: &str = "421202001";

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let stories = [
        mancang(now),
        nameless_woman(now),
        robbed(now),
        girl(now),
        grandmother(now),
        from_the_bridge(now),
        waits_for_her_sister(now),
        waits_for_his_son(now),
        drunk(now),
        at_the_door(now),
        in_hanbin(now),
    ];
    stories.into_iter().flat_map(Story::end).collect()
}

const MEDIA: &str = "全国救助寻亲网、头条寻人、咸宁电视台";

/// Stranded since yesterday; a report from 汉滨 speaks of him.
fn mancang(now: Timestamp) -> Story {
    let things = json!([{ "what": "蛇皮袋（旧衣服）", "quantity": "1个" },
                        { "what": "现金", "quantity": "43元", "valued": true }]);
    let mut form = arrival(
        "police",
        ("male", 70),
        "说自己叫满仓，要回石板沟，别的说不清",
        "长途汽车站候车室",
    );
    form["reasons"] = json!(["lost"]);
    let clues = json!({
        "said_name": "满仓", "said_place": "安康那边，石板沟，门前有条河", "accent": "陕南口音",
        "age": 70, "age_basis": "seen", "height_cm": 162,
        "body_marks": "左手食指短一截，右额有一道旧疤", "carried": "蓝布棉袄，蛇皮袋",
        "condition": "耳背，记性不好", "relatives": [{ "relation": "大儿子", "name": "拴柱" }],
        "found_place": "421202", "found_at": "长途汽车站候车室",
    });
    Story::new("mancang", LIU, day(now, 12, "21:40"))
        .submit(STAY, TOWN, form)
        .act(8, "screen", json!({ "findings": "神志清楚，右腿走路不便，血压150/95。" }))
        .act(10, "security", security("刘春生", "male", &things))
        .act(8, "register", json!({ "cannot_tell": true, "reasons": ["lost"], "help": ["living", "return"] }))
        .act(5, "police_report", police("温派接〔2026〕0417"))
        .act(4, "admit", admit())
        .act(15, "biometrics", face("ZW421202-0412", pictures::OLD_MAN))
        .act(6, "clues", clues)
        .act(2, "care", care("bath", "洗澡、理发，换了干净衣服。"))
        .by(YANG)
        .at(day(now, 11, "09:30"))
        .act(0, "publish", json!({ "media": MEDIA, "photo": true }))
        .by(LIU)
        .at(day(now, 9, "08:10"))
        .act(0, "care", care("health", "量血压140/90，按医嘱服降压药。"))
        .at(day(now, 7, "15:00"))
        .act(0, "request_dna", json!({ "station": "咸安区公安分局刑侦大队", "document": "咸救函〔2026〕31号", "sample": "XN-2026-0031" }))
        .by(YANG)
        .at(day(now, 3, "10:00"))
        .act(0, "extend_stay", json!({ "days": 10, "reasons": "身份没有查明，正在寻亲。", "document": "咸民备〔2026〕12号" }))
        .at(day(now, 1, "10:20"))
        .act(0, "choose_care", json!({ "form": "house", "reasons": "能自理，站内照料，继续寻亲。" }))
        .act(90, "care", care("activity", "陪着聊天，又说起家门前的河和一座石桥。"))
}

/// Signs of a mental disorder; in hospital with a fever.
fn nameless_woman(now: Timestamp) -> Story {
    let mut form = arrival(
        "urban",
        ("female", 45),
        "不说话，有时自言自语",
        "温泉路天桥下",
    );
    form["reasons"] = json!(["homeless"]);
    let things = json!([{ "what": "花布包", "quantity": "1个" }]);
    let clues = json!({
        "accent": "听不出来，偶尔说“阿姆”", "age": 45, "age_basis": "seen", "height_cm": 155,
        "body_marks": "右手腕有一颗黑痣", "carried": "红色旧毛衣，花布包",
        "condition": "疑似精神障碍", "found_place": "421202", "found_at": "温泉路天桥下",
    });
    Story::new("nameless", YANG, day(now, 5, "14:10"))
        .submit(STAY, TOWN, form)
        .act(10, "screen", json!({ "findings": "情绪激动，不能对答，体温正常。", "signs": ["mental"], "hospital": "咸宁市精神卫生中心" }))
        .at(day(now, 4, "10:30"))
        .act(0, "back_from_hospital", json!({ "opinion": "情绪平稳，可以回站照料，按时服药。", "signs": ["mental"] }))
        .act(10, "security", security("杨秀梅", "female", &things))
        .act(10, "register", json!({ "cannot_tell": true, "reasons": ["homeless"], "help": ["living", "medical"] }))
        .act(5, "admit", admit())
        .act(10, "biometrics", face("ZW421202-0419", pictures::WOMAN))
        .act(5, "clues", clues)
        .act(15, "publish", json!({ "media": MEDIA, "photo": true }))
        .act(200, "care", care("medicine", "按医嘱服药，有人陪护。"))
        .by(LIU)
        .at(day(now, 3, "20:30"))
        .act(0, "send_hospital", json!({ "hospital": "咸宁市中心医院", "reasons": "高热39.4度，咳嗽。" }))
        .by(YANG)
        .at(day(now, 1, "16:00"))
        .act(0, "care", care("health", "到医院看望：体温37.5度，医生说再观察两天。"))
}

/// His telephone and money were stolen; wants to go on.
fn robbed(now: Timestamp) -> Story {
    let number = citizen("411627", "19991108", 317);
    let how = "来咸宁找活，在火车上手机和钱包被偷，没有钱吃饭住宿。";
    let card = with_card("张海涛", &number, how, &["robbed"], "411627102");
    let form = arrival("own", ("male", 26), "钱包被偷，想回家", "自己来站");
    Story::new("robbed", LIU, day(now, 1, "18:20"))
        .submit(STAY, TOWN, form)
        .act(6, "screen", json!({ "findings": "身体健康。" }))
        .act(
            5,
            "security",
            security(
                "刘春生",
                "male",
                &json!([{ "what": "双肩包", "quantity": "1个" }]),
            ),
        )
        .act(8, "register", card)
        .act(4, "admit", admit())
        .act(30, "care", care("meal", "晚饭一份。"))
        .at(ago(now, 95))
        .act(0, "care", care("contact", "用站里电话和父亲通了话。"))
        .at(ago(now, 8))
        .act(0, "ask_leave", Value::Null)
}

/// Does not say where she comes from; child protection has been told.
fn girl(now: Timestamp) -> Story {
    let mut form = arrival(
        "police",
        ("female", 14),
        "叫小雨，不肯说家在哪里",
        "咸宁北站进站口",
    );
    form["reasons"] = json!(["other"]);
    let mut admitted = admit();
    admitted["cause"] = json!("wandering");
    let clues = json!({
        "said_name": "小雨", "age": 14, "age_basis": "said", "height_cm": 158,
        "accent": "普通话，带一点湖南口音", "carried": "校服外套，粉色书包",
        "found_place": "421202", "found_at": "咸宁北站进站口",
    });
    Story::new("girl", YANG, day(now, 1, "19:30"))
        .submit(STAY, TOWN, form)
        .act(6, "screen", json!({ "findings": "身体健康，情绪低落。" }))
        .act(6, "security", security("杨秀梅", "female", &json!([{ "what": "粉色书包", "quantity": "1个" }])))
        .act(8, "register", json!({ "cannot_tell": true, "name": "小雨", "reasons": ["other"], "help": ["living", "return"] }))
        .act(3, "admit", admitted)
        .act(12, "biometrics", face("ZW421202-0426", pictures::GIRL))
        .act(4, "clues", clues)
        .act(20, "care", care("activity", "女工作人员陪伴谈心，愿意吃饭了。"))
}

/// Lost a few hours ago; a report from 赤壁 speaks of her.
fn grandmother(now: Timestamp) -> Story {
    let mut form = arrival(
        "public",
        ("female", 72),
        "说姓周，家在羊楼洞，门口有砖茶厂",
        "中心花坛公交站",
    );
    form["reasons"] = json!(["lost"]);
    let clues = json!({
        "said_name": "周桂英", "said_place": "赵李桥羊楼洞，砖茶厂旁边", "accent": "赤壁口音",
        "age": 72, "age_basis": "seen", "height_cm": 152, "body_marks": "右手背有一块烫伤疤",
        "carried": "灰色毛线帽，布鞋", "condition": "记不清事，疑似失智", "relatives": [],
        "found_place": "421202", "found_at": "中心花坛公交站",
    });
    Story::new("grandmother", YANG, ago(now, 300))
        .submit(STAY, TOWN, form)
        .act(5, "screen", json!({ "findings": "神志清楚，记性差，走路慢。" }))
        .act(6, "security", security("杨秀梅", "female", &json!([])))
        .act(6, "register", json!({ "cannot_tell": true, "name": "周桂英", "reasons": ["lost"], "help": ["return"] }))
        .act(4, "police_report", police("温派接〔2026〕0455"))
        .act(4, "admit", admit())
        .act(12, "biometrics", face("ZW421202-0427", pictures::OLD_WOMAN))
        .act(5, "clues", clues)
}

/// Met by the patrol two days ago; nobody has published his notice: late.
fn from_the_bridge(now: Timestamp) -> Story {
    let clues = json!({
        "said_name": "阿贵", "accent": "贵州口音", "age": 55, "age_basis": "seen", "height_cm": 166,
        "body_marks": "左耳缺一小块", "carried": "军绿色大衣", "condition": "智力残疾",
        "found_place": "421202", "found_at": "潜山大桥桥洞",
    });
    Story::new("bridge", LIU, day(now, 2, "21:00"))
        .act(0, "screen", json!({ "findings": "能对答，反应慢，手脚有冻疮，已上药。", "signs": ["intellectual"] }))
        .act(8, "security", security("刘春生", "male", &json!([{ "what": "编织袋", "quantity": "2个" }])))
        .act(10, "register", json!({ "cannot_tell": true, "reasons": ["homeless"], "help": ["living"] }))
        .act(4, "admit", admit())
        .act(12, "biometrics", face("ZW421202-0423", pictures::MAN))
        .act(4, "clues", clues)
        .at(day(now, 1, "07:30"))
        .act(0, "care", care("meal", "早饭两个馒头一碗粥，吃完了。"))
}

/// Known, and kept out of sight of who hurt her.
fn waits_for_her_sister(now: Timestamp) -> Story {
    let number = citizen("421281", "19930214", 348);
    let how = "遭丈夫殴打，带着随身衣物出来，在赤壁不敢住亲戚家。";
    let card = with_card("钱小兰", &number, how, &["violence"], "421281100");
    Story::new("sister", YANG, day(now, 2, "16:00"))
        .submit(STAY, TOWN, arrival("own", ("female", 33), "想等姐姐来接", "自己来站"))
        .act(5, "screen", json!({ "findings": "右臂淤青，已拍照，不用住院。" }))
        .act(6, "security", security("杨秀梅", "female", &json!([{ "what": "手机", "quantity": "1部", "valued": true }])))
        .act(8, "register", card)
        .act(3, "police_report", json!({ "station": "温泉派出所", "receipt": "温派接〔2026〕0448", "reasons": "家庭暴力，本人要求出具告诫书。" }))
        .act(3, "admit", admit())
        .act(60, "care", care("contact", "与在武汉的姐姐联系，后天来接。"))
}

/// Nobody knew him for twelve days; his son is here, the second signature is missing.
fn waits_for_his_son(now: Timestamp) -> Story {
    let mut form = arrival("police", ("male", 61), "说不清，只说要找厂子", "咸宁站广场");
    form["reasons"] = json!(["lost"]);
    let number = citizen("430602", "19650619", 331);
    let identify = json!({ "basis": "police", "paper": "咸公函〔2026〕52号", "name": "谭光明",
                           "number": number, "household": "430602001" });
    let fetched = json!({
        "name": "谭勇", "number": citizen("430602", "19900912", 339), "relation": "child",
        "card_checked": true, "proof": "户口簿（岳阳楼区）", "phone": "13873011234",
        "things_returned": true, "across_provinces": true,
    });
    Story::new("son", LIU, day(now, 21, "20:10"))
        .submit(STAY, TOWN, form)
        .act(6, "screen", json!({ "findings": "神志不清楚，能走路，血糖偏高。" }))
        .act(6, "security", security("刘春生", "male", &json!([{ "what": "帆布包", "quantity": "1个" }])))
        .act(6, "register", json!({ "cannot_tell": true, "reasons": ["lost"], "help": ["return"] }))
        .act(4, "police_report", police("温派接〔2026〕0391"))
        .act(4, "admit", admit())
        .act(12, "biometrics", face("ZW421202-0405", pictures::MAN))
        .at(day(now, 20, "10:00"))
        .act(0, "publish", json!({ "media": MEDIA, "photo": true }))
        .at(day(now, 15, "09:00"))
        .act(0, "request_dna", json!({ "station": "咸安区公安分局刑侦大队", "document": "咸救函〔2026〕28号", "sample": "XN-2026-0028" }))
        .by(YANG)
        .at(day(now, 12, "09:00"))
        .act(0, "extend_stay", json!({ "days": 10, "reasons": "身份没有查明。", "document": "咸民备〔2026〕9号" }))
        .at(day(now, 10, "09:00"))
        .act(0, "choose_care", json!({ "form": "house", "reasons": "能自理，站内照料。" }))
        .by(LIU)
        .at(day(now, 9, "11:00"))
        .act(0, "identify", identify)
        .by(YANG)
        .act(20, "countersign", Value::Null)
        .act(40, "withdraw_publication", json!({ "reasons": "身份已经查明，已通知各渠道撤下。" }))
        .by(LIU)
        .at(ago(now, 25))
        .act(0, "fetched", fetched)
}

/// Waits for the security check.
fn drunk(now: Timestamp) -> Story {
    Story::new("drunk", LIU, ago(now, 40))
        .submit(
            STAY,
            TOWN,
            arrival("urban", ("male", 38), "喝了酒，说没有地方住", "十六潭公园"),
        )
        .act(
            7,
            "screen",
            json!({ "findings": "有酒味，能自己行走，对答清楚。", "signs": ["drunk"] }),
        )
}

/// Has just come.
fn at_the_door(now: Timestamp) -> Story {
    Story::new("door", YANG, ago(now, 9)).submit(
        STAY,
        TOWN,
        arrival("public", ("female", 50), "钱用完了，找不到亲戚", "马柏大道"),
    )
}

/// One in 汉滨, so that its board is not empty.
fn in_hanbin(now: Timestamp) -> Story {
    let mut form = arrival("own", ("male", 47), "没找到活，想回家", "自己来站");
    form["station"] = json!(HANBIN);
    form["found_place"] = json!("610902");
    let number = citizen("621202", "19790305", 353);
    let how = "来安康找活没有找到，路费用完。";
    let card = with_card("杨建平", &number, how, &["no_work"], "621202101");
    let who: Who = CHEN;
    Story::new("hanbin", who, day(now, 1, "17:00"))
        .submit(STAY, "610902001", form)
        .act(5, "screen", json!({ "findings": "身体健康。" }))
        .act(5, "security", security("陈建民", "male", &json!([])))
        .act(6, "register", card)
        .act(4, "admit", admit())
}
