//! Rules on the content of PLO messages (HIS 80704 and the profiles HIS 1143 to 1149).

pub mod r080_diagnosis_has_a_code;
pub mod r081_main_diagnosis_comes_first;
pub mod r082_professional_has_a_profession;
pub mod r139_status_is_a_known_code;
pub mod r140_an_answer_names_its_request;
pub mod r141_a_request_is_marked_as_answered;
pub mod r142_a_request_says_what_was_asked;
pub mod r143_unused_request_fields_are_left_out;
pub mod r144_an_answer_picks_its_request;
pub mod r145_an_event_says_what_happened;
pub mod r146_an_expected_ready_day_has_no_clock;
pub mod r147_an_estimate_lies_ahead;
pub mod r148_a_service_has_a_type_or_a_name;
pub mod r149_a_service_begins_before_it_ends;
pub mod r151_an_earlier_illness_is_told;
pub mod r152_a_booked_appointment_has_a_time;
pub mod r153_a_year_of_birth_is_of_a_minor;
pub mod r154_next_of_kin_can_be_told_apart;
pub mod r155_somebody_responsible_can_be_reached;
pub mod r157_what_is_recorded_has_happened;
pub mod r158_a_reservation_stops_forwarding;
pub mod r159_a_function_is_scored_from_1_to_5;
pub mod r160_a_heading_is_used_once_and_where_it_belongs;
pub mod r161_headings_are_current;
pub mod r162_a_service_notice_has_no_interpreter_need;
pub mod r163_an_admission_has_one_certain_time;
pub mod r164_a_ready_notice_names_days_and_decider;
pub mod r165_a_withdrawn_readiness_says_which;
pub mod r166_a_discharge_has_a_day_and_a_place;
pub mod r167_a_death_has_a_day;
pub mod r168_the_type_is_what_the_message_tells;
pub mod r169_events_come_in_their_order;
pub mod r170_a_discharge_tells_whether_the_patient_lives;
pub mod r171_an_admission_report_is_complete;
pub mod r173_a_notice_to_the_municipality_tells_what_comes;
pub mod r175_an_update_tells_what_changed;
pub mod r176_a_report_to_the_doctor_is_complete;
pub mod r177_a_service_notice_tells_who_provides;
pub mod r178_medical_information_is_complete;
pub mod r179_a_discharge_report_is_complete;
pub mod r181_absence_is_told_in_1_5_only;
pub mod r182_a_logistics_message_holds_no_health_information;

use crate::messages::conversation::rules::ConversationCheck;
use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r080_diagnosis_has_a_code::RULE,
    &r081_main_diagnosis_comes_first::RULE,
    &r082_professional_has_a_profession::RULE,
    &r139_status_is_a_known_code::RULE,
    &r140_an_answer_names_its_request::RULE,
    &r141_a_request_is_marked_as_answered::RULE,
    &r142_a_request_says_what_was_asked::RULE,
    &r143_unused_request_fields_are_left_out::RULE,
    &r144_an_answer_picks_its_request::RULE,
    &r145_an_event_says_what_happened::RULE,
    &r146_an_expected_ready_day_has_no_clock::RULE,
    &r147_an_estimate_lies_ahead::RULE,
    &r148_a_service_has_a_type_or_a_name::RULE,
    &r149_a_service_begins_before_it_ends::RULE,
    &r151_an_earlier_illness_is_told::RULE,
    &r152_a_booked_appointment_has_a_time::RULE,
    &r153_a_year_of_birth_is_of_a_minor::RULE,
    &r154_next_of_kin_can_be_told_apart::RULE,
    &r155_somebody_responsible_can_be_reached::RULE,
    &r157_what_is_recorded_has_happened::RULE,
    &r158_a_reservation_stops_forwarding::RULE,
    &r159_a_function_is_scored_from_1_to_5::RULE,
    &r160_a_heading_is_used_once_and_where_it_belongs::RULE,
    &r161_headings_are_current::RULE,
    &r162_a_service_notice_has_no_interpreter_need::RULE,
    &r163_an_admission_has_one_certain_time::RULE,
    &r164_a_ready_notice_names_days_and_decider::RULE,
    &r165_a_withdrawn_readiness_says_which::RULE,
    &r166_a_discharge_has_a_day_and_a_place::RULE,
    &r167_a_death_has_a_day::RULE,
    &r168_the_type_is_what_the_message_tells::RULE,
    &r169_events_come_in_their_order::RULE,
    &r170_a_discharge_tells_whether_the_patient_lives::RULE,
    &r171_an_admission_report_is_complete::RULE,
    &r173_a_notice_to_the_municipality_tells_what_comes::RULE,
    &r175_an_update_tells_what_changed::RULE,
    &r176_a_report_to_the_doctor_is_complete::RULE,
    &r177_a_service_notice_tells_who_provides::RULE,
    &r178_medical_information_is_complete::RULE,
    &r179_a_discharge_report_is_complete::RULE,
    &r181_absence_is_told_in_1_5_only::RULE,
    &r182_a_logistics_message_holds_no_health_information::RULE,
];

/// The checks, run on every message of this family.
pub static CHECKS: &[Check] = &[
    Check::Each(r080_diagnosis_has_a_code::check),
    Check::One(r081_main_diagnosis_comes_first::check),
    Check::Each(r082_professional_has_a_profession::check),
    Check::One(r139_status_is_a_known_code::check),
    Check::Each(r140_an_answer_names_its_request::check),
    Check::One(r141_a_request_is_marked_as_answered::check),
    Check::Each(r142_a_request_says_what_was_asked::check),
    Check::Each(r143_unused_request_fields_are_left_out::check),
    Check::Each(r145_an_event_says_what_happened::check),
    Check::Each(r146_an_expected_ready_day_has_no_clock::check),
    Check::Each(r147_an_estimate_lies_ahead::check),
    Check::Each(r148_a_service_has_a_type_or_a_name::check),
    Check::Each(r149_a_service_begins_before_it_ends::check),
    Check::Each(r151_an_earlier_illness_is_told::check),
    Check::Each(r152_a_booked_appointment_has_a_time::check),
    Check::Each(r153_a_year_of_birth_is_of_a_minor::check),
    Check::Each(r154_next_of_kin_can_be_told_apart::check),
    Check::One(r155_somebody_responsible_can_be_reached::check),
    Check::Each(r157_what_is_recorded_has_happened::check),
    Check::Each(r159_a_function_is_scored_from_1_to_5::check),
    Check::Each(r160_a_heading_is_used_once_and_where_it_belongs::check),
    Check::Each(r161_headings_are_current::check),
    Check::Each(r162_a_service_notice_has_no_interpreter_need::check),
    Check::One(r163_an_admission_has_one_certain_time::check),
    Check::Each(r164_a_ready_notice_names_days_and_decider::check),
    Check::Each(r165_a_withdrawn_readiness_says_which::check),
    Check::One(r166_a_discharge_has_a_day_and_a_place::check),
    Check::One(r167_a_death_has_a_day::check),
    Check::One(r168_the_type_is_what_the_message_tells::check),
    Check::Each(r169_events_come_in_their_order::check),
    Check::One(r170_a_discharge_tells_whether_the_patient_lives::check),
    Check::Each(r171_an_admission_report_is_complete::check),
    Check::Each(r173_a_notice_to_the_municipality_tells_what_comes::check),
    Check::One(r175_an_update_tells_what_changed::check),
    Check::Each(r176_a_report_to_the_doctor_is_complete::check),
    Check::Each(r177_a_service_notice_tells_who_provides::check),
    Check::Each(r178_medical_information_is_complete::check),
    Check::Each(r179_a_discharge_report_is_complete::check),
    Check::Each(r182_a_logistics_message_holds_no_health_information::check),
];

/// The checks that need the messages it refers to.
pub static CONVERSATION_CHECKS: &[ConversationCheck] = &[r144_an_answer_picks_its_request::compare];
