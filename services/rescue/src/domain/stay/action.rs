//! Every act on a stay, with what must be said in it.

use jiff::civil::Date;
use yiwang_casework::Photos;

use super::{
    clues::{Clues, Told},
    matched::{Matched, Unmatched},
    words::{
        Basis, CareForm, CareKind, Cause, EndGround, GivenTo, Ground, Help, LeaveType, Reason,
        Receiver, Relation, Sign, Ticket,
    },
};
use crate::domain::{
    document::Document,
    fields::{
        ArticleId, Day, DayOrNone, DivisionCode, DocumentNumber, HiddenText, LongText, Name, Phone,
        PlaceId, SexChoice, ShortText, TimeOfDay,
    },
    search::DnaAnswer,
    stay::form::NameOrNone,
};

yiwang_casework::actions! {
    /// 初检.
    Screen(Screen) = "screen";
    /// 送医.
    SendHospital(SendHospital) = "send_hospital";
    /// 出院返回.
    BackFromHospital(BackFromHospital) = "back_from_hospital";
    /// 诊断.
    Diagnose(Diagnose) = "diagnose";
    /// 安检.
    Security(Security) = "security";
    /// 求助登记.
    Register(Register) = "register";
    /// 受助.
    Admit(Admit) = "admit";
    /// 不予救助.
    Refuse(Refuse) = "refuse";
    /// 换房间.
    MovePlace(MovePlace) = "move_place";
    /// 接收物品.
    TakeBelongings(TakeBelongings) = "take_belongings";
    /// 交还物品, two sign.
    GiveBack(GiveBack) = "give_back";
    /// 发放.
    Give(Give) = "give";
    /// 照料记录.
    Care(Care) = "care";
    /// 寻亲线索.
    RecordClues(Clues) = "clues";
    /// 指纹、照片、人脸.
    Biometrics(Biometrics) = "biometrics";
    /// 报公安.
    PoliceReport(PoliceReport) = "police_report";
    /// 发布寻亲公告.
    Publish(Publish) = "publish";
    /// 更新.
    Refresh(Publish) = "refresh";
    /// 撤下.
    Unpublish(Reasons) = "withdraw_publication";
    /// 请公安采集DNA.
    RequestDna(RequestDna) = "request_dna";
    /// The DNA base's answer.
    DnaAnswered(DnaAnswer) = "dna_answered";
    /// 上报.
    Escalate(Escalate) = "escalate";
    /// 查明身份, two sign.
    Identify(Identify) = "identify";
    /// 撤销身份认定, two sign.
    TakeBack(Reasons) = "take_back_identification";
    /// 比中, by the comparison.
    MatchConfirmed(Matched) = "match_confirmed";
    /// 撤销比中, by the comparison.
    MatchTakenBack(Unmatched) = "match_taken_back";
    /// 第二人复核.
    Countersign = "countersign";
    /// 作废.
    Discard(Reasons) = "discard";
    /// 延长.
    Extend(Extend) = "extend_stay";
    /// 滞留, when the tenth day is over and nobody knows who it is.
    Strand = "strand";
    /// 照料方式.
    ChooseCare(ChooseCare) = "choose_care";
    /// 要求离站.
    AskLeave = "ask_leave";
    /// 自行离站.
    LeaveOwnWord(OwnWord) = "leave_own_word";
    /// 亲属接领, two sign.
    Fetched(Fetched) = "fetched";
    /// 移交, two sign.
    HandOver(HandOver) = "hand_over_person";
    /// 擅自离站.
    Absconded(Absconded) = "absconded";
    /// 终止救助.
    Terminate(Terminate) = "terminate";
    /// 死亡.
    Died(Died) = "died";
    /// A death was recorded of this person.
    DeathReported(DeathReported) = "death_reported";
    /// The record of the death is not of this person.
    AliveHere(Reasons) = "alive_here";
    /// 启程, by the return.
    Depart(Trip) = "depart";
    /// 到家, by the return.
    ArriveHome(Home) = "arrive_home";
    /// 折返, by the return.
    Back(Trip) = "back";
    /// 转入托养, by the placement.
    ToFoster(Trip) = "to_foster";
    /// 转出托养, by the placement.
    FromFoster(Trip) = "from_foster";
    /// 提出安置申请, by the settlement.
    SettleRequested(Ref) = "settle_requested";
    /// 落户安置, by the settlement.
    Settled(Ref) = "settled";
    /// 安置后再次比对, by the settlement.
    SearchedAgain(Ref) = "searched_again";
    /// A step of the search was not done in time: its code.
    Overdue(String) = "search_overdue";
}

yiwang_casework::act_data! {
    /// The first look.
    Screen {
        findings: String, "HiddenText", "检查情况", "神志、体温、外观、能否行走，如实写。";
        ? signs: Vec<Sign>, "Vec<Sign>", "发现的情况", "可以多选；没有的不选。";
        ? hospital: String, "ShortText", "送往医院", "有危重、外伤、疑似传染病、疑似精神障碍、醉酒不能行走的必填。";
        ? receipt: String, "ShortText", "报警回执编号", "有危险举动、疑似违法犯罪、疑似吸毒的必填。";
    }
    /// To a hospital.
    SendHospital {
        hospital: String, "ShortText", "医院", "";
        reasons: String, "LongText", "病情", "";
        ? place: String, "PlaceId", "医院（受助期间）", "站内登记的定点医院；不选的，自动选一个。";
    }
    /// Out of hospital.
    BackFromHospital {
        opinion: String, "HiddenText", "医院意见", "诊断、用药、是否可以离院。";
        ? signs: Vec<Sign>, "Vec<Sign>", "仍然存在的情况", "已经治好的不选。";
        ? place: String, "PlaceId", "房间", "不选的，自动安排一个空床。";
    }
    /// What doctors found.
    Diagnose {
        hospital: String, "ShortText", "诊断医院", "";
        diagnosis: String, "HiddenText", "诊断", "";
        ? signs: Vec<Sign>, "Vec<Sign>", "现有情况", "替换原来登记的情况；没有的不选。";
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
    /// Elsewhere in the house.
    MovePlace {
        place: String, "PlaceId", "去哪里", "";
        reasons: String, "LongText", "理由", "";
    }
    /// More belongings.
    TakeBelongings { belongings: Vec<Thing>, "Vec<Thing>", "物品清单", "当面清点，装袋封存。"; }
    /// Belongings back.
    GiveBack {
        lines: Vec<u16>, "Vec<u16>", "清单序号", "";
        to: GivenTo, "GivenTo", "交给", "";
        receiver: String, "ShortText", "接收人", "";
        signed: bool, "bool", "接收人已当面清点签收", "";
    }
    /// An article.
    Give {
        article: String, "ArticleId", "物品", "";
        quantity: u16, "u16", "数量", "";
        ? note: String, "ShortText", "说明", "";
    }
    /// What was done.
    Care {
        kind: CareKind, "CareKind", "种类", "";
        text: String, "HiddenText", "记录", "";
    }
    /// 指纹、照片、人脸.
    Biometrics {
        fingerprint: String, "ShortText", "指纹编号", "";
        photo: Photos, "Photos", "照片", "";
        face_searched: bool, "bool", "已用人脸识别比对", "";
        compared: String, "LongText", "与救助系统、寻亲数据比对结果", "没有查到的写明。";
    }
    /// 报公安.
    PoliceReport {
        station: String, "ShortText", "公安机关", "";
        receipt: String, "ShortText", "报警回执编号", "";
        reasons: String, "LongText", "报告情况", "走失、被遗弃、被拐卖的第一时间报告。";
    }
    /// 寻亲公告.
    Publish {
        media: String, "LongText", "发布渠道", "全国救助寻亲网、报纸、电视等，写明名称。";
        ? photo: bool, "bool", "附照片", "";
    }
    /// DNA.
    RequestDna {
        station: String, "ShortText", "公安机关", "";
        document: String, "ShortText", "函件编号", "";
        sample: String, "ShortText", "样本编号", "采样卡上的编号。";
    }
    /// 逐级上报.
    Escalate {
        to: String, "ShortText", "上报给", "";
        document: String, "ShortText", "文号", "";
        reasons: String, "LongText", "情况", "";
    }
    /// Who it is.
    Identify {
        basis: Basis, "Basis", "依据", "人脸、地点相似不能单独作为依据。";
        paper: String, "ShortText", "依据的文书编号", "";
        name: String, "Name", "姓名", "";
        number: String, "DocumentNumber", "证件号码", "";
        ? document: Document, "Document", "证件种类", "";
        ? country: String, "ShortText", "签发国家（地区）", "照护照填写。";
        ? household: String, "DivisionCode", "户籍地", "";
    }
    /// Why.
    Reasons { reasons: String, "LongText", "理由", ""; }
    /// Longer than ten days.
    Extend {
        days: u16, "u16", "延长天数", "从现在的期限起算。";
        reasons: String, "LongText", "理由", "";
        document: String, "ShortText", "上级民政部门备案编号", "";
    }
    /// How a stranded person lives.
    ChooseCare {
        form: CareForm, "CareForm", "照料方式", "";
        reasons: String, "LongText", "理由", "";
    }
    /// 自行离站声明书.
    OwnWord {
        signed: bool, "bool", "本人已在自行离站声明书上签字（按指印）", "";
        things_returned: bool, "bool", "寄存物品已当面交还", "现金、证件、贵重物品先用“交还物品”办理，由两人签字。";
        ticket: Ticket, "Ticket", "返乡乘车", "";
        ? to: String, "ShortText", "到站（中转站）", "发乘车凭证的必填。";
        ? fare_yuan: u16, "u16", "短途公交费（元）", "不发现金；只有本地短途公交费可以给，要签收。";
        ? fare_signed: bool, "bool", "本人已签收公交费", "";
        ? own_living: bool, "bool", "已满16周岁，以自己的劳动收入为主要生活来源", "未满18周岁的填写。";
        ? escort_declined: bool, "bool", "已提出护送或者通知亲属，本人不要", "行动不便的必须先提出。";
    }
    /// 亲属接领.
    Fetched {
        name: String, "Name", "接领人姓名", "";
        number: String, "DocumentNumber", "接领人身份证号", "";
        relation: Relation, "Relation", "与受助人员的关系", "";
        card_checked: bool, "bool", "已核对身份证原件并留复印件", "";
        proof: String, "ShortText", "关系证明", "户口簿、公安机关或者村（居）委会证明的名称和编号。";
        phone: String, "Phone", "联系电话", "";
        ? guardian_verified: bool, "bool", "已核实是监护人", "未成年人、精神或者智力障碍人员只能交给监护人。";
        ? things_returned: bool, "bool", "寄存物品已当面交还", "";
        ? across_provinces: bool, "bool", "跨省", "";
    }
    /// To an office.
    HandOver {
        to: Receiver, "Receiver", "接收单位类别", "";
        unit: String, "ShortText", "接收单位", "";
        receiver: String, "Name", "接收人姓名", "";
        number: String, "ShortText", "接收人证件号码（工作证号）", "";
        record: String, "ShortText", "交接表编号", "";
        reasons: String, "LongText", "理由", "";
        ? things_returned: bool, "bool", "寄存物品已随人移交", "";
    }
    /// Gone.
    Absconded {
        noticed_at: String, "TimeOfDay", "发现时间", "";
        reasons: String, "LongText", "经过", "最后见到的时间地点、找过哪里。";
        ? receipt: String, "ShortText", "报警回执编号", "未成年人、精神或者智力障碍人员必须立即报警。";
    }
    /// 终止救助.
    Terminate {
        ground: EndGround, "EndGround", "依据", "";
        reasons: String, "LongText", "理由", "写进终止救助通知书。";
        things_returned: bool, "bool", "寄存物品已当面交还", "";
    }
    /// 死亡.
    Died {
        died_on: Date, "Day", "死亡日期", "";
        place: String, "ShortText", "死亡地点", "医院的写明名称。";
        certificate: String, "ShortText", "死亡证明编号", "医院或者公安机关出具。";
        told: String, "LongText", "告知亲属、单位的情况", "没有查明身份的，写明公告和留存DNA的情况。";
        ? dna_sample: String, "ShortText", "DNA样本编号", "没有查明身份的必填。";
    }
    /// From the register of deaths.
    DeathReported {
        died_on: Date, "Day", "登记的死亡日期", "";
        ? certificate: String, "ShortText", "死亡登记", "";
    }
    /// A trip or a placement.
    Trip {
        place: String, "PlaceId", "去哪里", "";
        case_number: String, "ShortText", "办件编号", "";
        ? reasons: String, "LongText", "说明", "";
    }
    /// Home.
    Home {
        leave_type: LeaveType, "LeaveType", "离站方式", "";
        case_number: String, "ShortText", "办件编号", "";
        ? across_provinces: bool, "bool", "跨省", "";
    }
    /// Another case.
    Ref { case_number: String, "ShortText", "办件编号", ""; }
}
