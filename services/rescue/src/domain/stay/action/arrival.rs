//! What must be said from the door to the bed.

use yiwang_casework::Photos;

use super::super::{
    clues::Told,
    form::NameOrNone,
    words::{Cause, Ground, Help, Reason, Sign},
};
use crate::domain::{
    document::Document,
    fields::{
        DayOrNone, DivisionCode, DocumentNumber, HiddenText, LongText, Name, Phone, PlaceId,
        SexChoice, ShortText,
    },
};

yiwang_casework::act_data! {
    /// The first look.
    Screen {
        findings: String, "HiddenText", "检查情况", "神志、体温、外观、能否行走，如实写。";
        ? signs: Vec<Sign>, "Vec<Sign>", "发现的情况", "可以多选；没有的不选。";
        ? hospital: String, "ShortText", "送往医院", "有危重、外伤、疑似传染病、疑似精神障碍、醉酒不能行走的必填。";
        ? receipt: String, "ShortText", "报警回执编号", "有危险举动、疑似违法犯罪、疑似吸毒的必填。";
    }
    /// One thing.
    Thing {
        what: String, "ShortText", "物品", "";
        quantity: String, "ShortText", "数量", "例如：1件、328元。";
        ? condition: String, "ShortText", "状况", "";
        ? valued: bool, "bool", "现金、证件、贵重物品", "交还时由两人签字。";
    }
    /// At the door.
    Security {
        agreed: bool, "bool", "本人同意安全检查", "拒绝检查的不能入站。";
        checker: String, "Name", "检查人姓名", "";
        checker_sex: String, "SexChoice", "检查人性别", "女性由女工作人员检查。";
        ? forbidden: String, "LongText", "违禁物品", "没有的不填；移交公安机关。";
        ? receipt: String, "ShortText", "公安机关接收回执", "有违禁物品的必填。";
        ? belongings: Vec<Thing>, "Vec<Thing>", "寄存物品清单", "当面清点，装袋封存。";
    }
    /// 求助登记表.
    Register {
        cannot_tell: bool, "bool", "因年老、年幼、残疾等说不清楚", "勾选的先救助，以后再查明；其他各项知道的填。";
        ? name: String, "NameOrNone", "姓名", "";
        ? document: Document, "Document", "证件种类", "";
        ? country: String, "ShortText", "签发国家（地区）", "照护照填写。";
        ? number: String, "DocumentNumber", "证件号码", "";
        ? card_checked: bool, "bool", "已核对本人有效身份证件", "";
        ? born: String, "DayOrNone", "出生日期", "自述的也填。";
        ? household: String, "DivisionCode", "户籍地", "";
        ? residence: String, "ShortText", "住所地", "";
        ? how: String, "LongText", "怎么来的", "时间、路线、经过。";
        ? reasons: Vec<Reason>, "Vec<Reason>", "求助原因", "";
        ? help: Vec<Help>, "Vec<Help>", "求助类型", "";
        ? relatives: Vec<Told>, "Vec<Told>", "近亲属", "";
        ? phone: String, "Phone", "亲属电话", "";
        ? written_by: String, "ShortText", "代写人", "本人不会写的，由谁代写。";
        ? fingerprint: String, "ShortText", "指纹编号", "全国救助管理信息系统的编号。";
        ? photo: Photos, "Photos", "照片", "";
    }
    /// 甄别: admitted.
    Admit {
        away: bool, "bool", "离家在外，或者无家可归", "";
        no_means: bool, "bool", "自身无力解决食宿", "";
        on_street: bool, "bool", "正在或者即将流浪、乞讨", "";
        ? cause: Option<Cause>, "Option<Cause>", "未成年人求助情形", "未成年人必选。";
        ? place: String, "PlaceId", "房间", "不选的，按男、女、未成年人分开自动安排。";
    }
    /// 甄别: refused.
    Refuse {
        ground: Ground, "Ground", "依据", "";
        reasons: String, "LongText", "理由", "写进不予救助通知书。";
    }
}
