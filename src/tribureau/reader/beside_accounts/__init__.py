"""What a report says beside its accounts: the person, scores, inquiries, public records. Both engines read it here."""
