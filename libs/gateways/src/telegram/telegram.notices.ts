import type { JsonObject } from '../json/json';

/** What may stand around the content of a message. */
const AROUND: ReadonlySet<string> = new Set([
  ...['business_connection_id', 'sender_business_bot', 'message_id', 'message_thread_id', 'is_topic_message'],
  ...['direct_messages_topic', 'from', 'sender_chat', 'sender_boost_count', 'sender_tag', 'author_signature'],
  ...[
    'chat',
    'date',
    'edit_date',
    'via_bot',
    'is_from_offline',
    'is_paid_post',
    'paid_star_count',
    'effect_id',
  ],
  ...['forward_origin', 'forward_from', 'forward_from_chat', 'forward_from_message_id', 'forward_signature'],
  ...[
    'forward_sender_name',
    'forward_date',
    'is_automatic_forward',
    'reply_to_message',
    'external_reply',
    'quote',
  ],
  ...['reply_to_story', 'reply_to_checklist_task_id', 'reply_to_poll_option_id', 'reply_markup'],
  ...['has_protected_content', 'has_media_spoiler', 'show_caption_above_media', 'media_group_id'],
  ...['link_preview_options', 'suggested_post_info', 'receiver_user', 'ephemeral_message_id'],
]);

/** Notices of Telegram in a chat: nobody has said anything. */
const NOTICES: ReadonlySet<string> = new Set([
  ...['new_chat_members', 'new_chat_member', 'left_chat_member', 'new_chat_title', 'new_chat_photo'],
  ...['delete_chat_photo', 'group_chat_created', 'supergroup_chat_created', 'channel_chat_created'],
  ...['message_auto_delete_timer_changed', 'pinned_message', 'proximity_alert_triggered', 'boost_added'],
  ...['forum_topic_created', 'forum_topic_edited', 'forum_topic_closed', 'forum_topic_reopened'],
  ...['general_forum_topic_hidden', 'general_forum_topic_unhidden', 'chat_background_set'],
  ...['chat_owner_left', 'chat_owner_changed', 'connected_website', 'write_access_allowed'],
  ...['video_chat_scheduled', 'video_chat_started', 'video_chat_ended', 'video_chat_participants_invited'],
  ...['giveaway_created', 'giveaway_completed', 'paid_message_price_changed', 'direct_message_price_changed'],
  ...['checklist_tasks_done', 'checklist_tasks_added', 'poll_option_added', 'poll_option_deleted'],
  ...['suggested_post_approved', 'suggested_post_approval_failed', 'suggested_post_declined'],
  ...['suggested_post_paid', 'suggested_post_refunded', 'managed_bot_created'],
  ...['community_chat_added', 'community_chat_removed'],
]);

/** True for a notice of Telegram: members who come and go, pins, topics, calls. */
export function isNotice(message: JsonObject): boolean {
  return Object.keys(message).some((name) => NOTICES.has(name));
}

/** Telegram's word for the content of a message; null if it has none, as for what its Bot API cannot show. */
export function contentNameOf(message: JsonObject): string | null {
  return Object.keys(message).find((name) => !AROUND.has(name)) ?? null;
}
