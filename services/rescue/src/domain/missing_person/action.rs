//! Every act on a family's report.

use crate::domain::{
    fields::{DayOrNone, LongText, ShortText},
    stay::action::Reasons,
};

yiwang_casework::actions! {
    /// 补充线索, by the family.
    AddClue(Clue) = "add_clue";
    /// 补充线索, told on the phone.
    RecordClue(Clue) = "record_clue";
    /// 已在别处找到.
    FoundElsewhere(Elsewhere) = "found_elsewhere";
    /// 已在别处找到, told on the phone.
    RecordFound(Elsewhere) = "record_found";
    /// 撤回.
    Withdraw = "withdraw";
    /// Two have compared somebody with it: the police are asked.
    Checking = "checking";
    /// It was somebody else.
    Checked = "checked";
    /// Found in a station.
    Matched(Matched) = "matched";
    /// The confirmation was wrong.
    TakenBack(Reasons) = "match_taken_back";
}

yiwang_casework::act_data! {
    /// What else is known; what stays empty is not touched.
    Clue {
        ? names: String, "ShortText", "其他叫法", "小名、绰号，几个的用顿号隔开。";
        ? marks: String, "LongText", "身体特征", "";
        ? condition: String, "LongText", "身体和精神状况", "";
        ? dialect: String, "ShortText", "口音、方言", "";
        ? last_seen_on: String, "DayOrNone", "最后一次见到的日期", "记不清日子的，写那个月的1日。";
        ? other: String, "LongText", "其他线索", "";
    }
    /// Where the person is: told only now.
    Matched {
        match_case: String, "ShortText", "寻亲比对", "";
        station: String, "ShortText", "救助管理站", "";
        phone: String, "ShortText", "电话", "";
    }
    /// Where.
    Elsewhere { how: String, "LongText", "怎样找到的", "不想说的写“已找到”。"; }
}
