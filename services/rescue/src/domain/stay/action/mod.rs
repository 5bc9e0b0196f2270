//! Every act on a stay, with what must be said in it.

mod arrival;
mod care;
mod leaving;
mod search;

pub use self::{
    arrival::{Admit, Refuse, Register, Screen, Security, Thing},
    care::{
        BackFromHospital, Care, ChooseCare, Diagnose, Extend, Give, GiveBack, MovePlace,
        SendHospital, TakeBelongings,
    },
    leaving::{Absconded, DeathReported, Died, Fetched, HandOver, Home, OwnWord, Terminate, Trip},
    search::{Biometrics, Escalate, Identify, PoliceReport, Publish, RequestDna},
};

use super::{
    clues::Clues,
    matched::{Matched, Unmatched},
};
use crate::domain::{
    fields::{LongText, ShortText},
    search::DnaAnswer,
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
    /// 督办, by the county.
    Supervise(Reasons) = "supervise";
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
    /// Why.
    Reasons { reasons: String, "LongText", "理由", ""; }
    /// Another case.
    Ref { case_number: String, "ShortText", "办件编号", ""; }
}
