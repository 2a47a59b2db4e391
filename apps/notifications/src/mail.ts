/** An e-mail before anything technical has happened to it. */
export interface Mail {
  /** The event that it tells of: one event, one e-mail, however often it is delivered. */
  id: string;
  date: Date;
  orderId: string;
  to: string;
  subject: string;
  text: string;
}

/** Where e-mails go. Sending the same id again must not look like a second e-mail. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}
