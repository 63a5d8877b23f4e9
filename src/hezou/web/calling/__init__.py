"""约稿通知: the words by which an office asks for a piece in its group chat. Nothing of them is kept."""
